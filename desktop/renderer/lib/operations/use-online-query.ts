import { useQuery as useTanstackQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Operation } from '../../../../shared/protocol/operation.ts';
import { unwrap } from '../bridge-error.ts';
import { useOperation } from './use-operation.ts';

type Query = Pick<Operation<string, z.ZodType, z.ZodType, 'query'>, 'name' | 'kind' | 'input' | 'output' | 'online'>;

/** A list that only the server has: asked for when it is shown, and again by `refetch`. */
export function useOnlineQuery<O extends Query>(operation: O, input: z.input<O['input']>, enabled: boolean) {
  const run = useOperation();
  return useTanstackQuery({
    queryKey: ['online', operation.name, input] as const,
    queryFn: async () => unwrap(await run(operation, input)) as z.output<O['output']>,
    enabled,
    staleTime: 0,
  });
}
