import { keepPreviousData, queryOptions, useQuery as useTanstackQuery } from '@tanstack/react-query';
import type { Bridge, Queries } from '../../../shared/bridge/bridge-contract.ts';
import { useBridge } from './bridge-context.tsx';
import { unwrap } from './bridge-error.ts';

type ArgsOf<Q extends keyof Queries> = Queries[Q]['args'];
type ResultOf<Q extends keyof Queries> = Queries[Q]['result'];

export const bridgeQuery = <Q extends keyof Queries>(bridge: Bridge, name: Q, args: ArgsOf<Q>) =>
  queryOptions({
    queryKey: [name, args] as const,
    queryFn: async (): Promise<ResultOf<Q>> => unwrap(await bridge.call(name, args)),
  });

/**
 * A live answer of the replica: asked again whenever a table it reads has changed.
 * `keep` shows the answer to the previous arguments until the new one is there: right for lists that are being searched,
 * wrong for a page of one thing. `everyMs` asks again by the clock, for answers that change without any table changing;
 * `againMs` does so for as long as the answer itself says that it is not whole yet.
 */
export function useQuery<Q extends keyof Queries>(
  name: Q,
  args: ArgsOf<Q>,
  {
    enabled = true,
    keep = false,
    everyMs,
    againMs,
  }: {
    enabled?: boolean;
    keep?: boolean;
    everyMs?: number;
    againMs?: (answer: ResultOf<Q> | undefined) => number | false;
  } = {},
) {
  const bridge = useBridge();
  return useTanstackQuery({
    ...bridgeQuery(bridge, name, args),
    enabled,
    refetchInterval: (query) => (againMs ? againMs(query.state.data) : (everyMs ?? false)),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  });
}
