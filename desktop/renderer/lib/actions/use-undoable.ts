import type { Command } from '../../../../shared/bridge/bridge-contract.ts';
import { showError } from '../../ui/toaster.tsx';
import { useBridge } from '../bridge-context.tsx';
import { useRunCommand } from '../use-command.ts';
import { useOfferUndo } from './undo.tsx';

/** `commands` one after the other, up to one that is refused. */
type Undoable = (commands: Command | readonly Command[], label: string, onUndone?: () => void) => Promise<boolean>;

/** Does something and offers to take it back whole, whether or not it was saved meanwhile. False where nothing was done. */
export function useUndoable(): Undoable {
  const bridge = useBridge();
  const run = useRunCommand();
  const offerUndo = useOfferUndo();
  return async (commands, label, onUndone) => {
    const writeIds: string[] = [];
    for (const command of 'name' in commands ? [commands] : commands) {
      const done = await run(command);
      if (!done) break;
      // The last one is taken back first.
      writeIds.unshift(done.writeId);
    }
    if (writeIds.length === 0) return false;
    const takeBack = async () => {
      for (const writeId of writeIds) {
        const reply = await bridge.call('outbox.takeBack', { writeId });
        if ('error' in reply) return showError(reply.error);
      }
      onUndone?.();
    };
    offerUndo({ label, undo: () => void takeBack() });
    return true;
  };
}
