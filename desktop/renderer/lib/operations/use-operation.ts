import { useCallback } from 'react';
import type { z } from 'zod';
import type { Method, Reply } from '../../../../shared/bridge/bridge-contract.ts';
import type { Operation } from '../../../../shared/protocol/operation.ts';
import { showError } from '../../ui/toaster.tsx';
import { useBridge } from '../bridge-context.tsx';

type Declared = Pick<Operation, 'name' | 'kind' | 'input' | 'output' | 'online'>;
type InputFor<O extends Declared> = z.input<O['input']>;
type Queued = { writeId: string; id: string | null };
type AnswerOf<O extends Declared> = O extends { kind: 'query' } | { readonly online?: true }
  ? z.output<O['output']>
  : Queued;

/**
 * Does what a declaration declares, in the way it declares: at once at the server, or on this computer and then through the
 * outbox. A version of the app whose core does not know the operation yet says so, it never pretends.
 */
export function useOperation(): <O extends Declared>(operation: O, input: InputFor<O>) => Promise<Reply<AnswerOf<O>>> {
  const bridge = useBridge();
  return useCallback(
    async <O extends Declared>(operation: O, input: InputFor<O>) => {
      const way: Method = operation.online === true || operation.kind === 'query' ? 'online' : 'command';
      return (await bridge.call(way, { name: operation.name, input } as never)) as Reply<AnswerOf<O>>;
    },
    [bridge],
  );
}

/** The same where an error has no place of its own: it is shown as a toast, and null is answered. */
export function useRunOperation(): <O extends Declared>(
  operation: O,
  input: InputFor<O>,
) => Promise<AnswerOf<O> | null> {
  const run = useOperation();
  return useCallback(
    async <O extends Declared>(operation: O, input: InputFor<O>) => {
      const reply = await run(operation, input);
      if ('data' in reply) return reply.data;
      showError(reply.error);
      return null;
    },
    [run],
  );
}
