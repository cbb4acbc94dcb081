import type { Command } from '../../../../shared/bridge/bridge-contract.ts';
import { showError } from '../../ui/toaster.tsx';
import { useBridge } from '../bridge-context.tsx';
import { useRunCommand } from '../use-command.ts';
import { useOfferUndo } from './undo.tsx';

/** Applies a command and offers to take it back whole, whether or not it was saved meanwhile. False where it was refused. */
export function useUndoable(): (command: Command, label: string) => Promise<boolean> {
  const bridge = useBridge();
  const run = useRunCommand();
  const offerUndo = useOfferUndo();
  return async (command, label) => {
    const done = await run(command);
    if (!done) return false;
    offerUndo({
      label,
      undo: () =>
        void bridge.call('outbox.takeBack', { writeId: done.writeId }).then((reply) => {
          if ('error' in reply) showError(reply.error);
        }),
    });
    return true;
  };
}
