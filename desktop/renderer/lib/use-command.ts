import { useCallback } from 'react';
import type { Command, Reply } from '../../../shared/bridge/bridge-contract.ts';
import { showError } from '../ui/toaster.tsx';
import { useBridge } from './bridge-context.tsx';

type Done = { writeId: string; id: string | null };

/** Applies a command to this computer at once. The caller shows a refusal where it happened. */
export function useCommand(): (command: Command) => Promise<Reply<Done>> {
  const bridge = useBridge();
  return useCallback((command) => bridge.call('command', command), [bridge]);
}

/** The same for acts without a place of their own for an error: it is shown as a toast, and null is answered. */
export function useRunCommand(): (command: Command) => Promise<Done | null> {
  const send = useCommand();
  return useCallback(
    async (command) => {
      const reply = await send(command);
      if ('data' in reply) return reply.data;
      showError(reply.error);
      return null;
    },
    [send],
  );
}
