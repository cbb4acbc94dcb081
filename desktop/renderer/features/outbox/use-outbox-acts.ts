import { useOfferUndo } from '../../lib/actions/undo.tsx';
import { useBridge } from '../../lib/bridge-context.tsx';
import { showError } from '../../ui/toaster.tsx';
import type { Command, OutboxEntry } from '../../../../shared/bridge/bridge-contract.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';

/** What a person can do about a change that has not been saved. */
export function useOutboxActs(entry: OutboxEntry) {
  const bridge = useBridge();
  const offerUndo = useOfferUndo();

  /** Null when it is queued again, else why not. */
  const retry = async (input?: unknown): Promise<string | null> => {
    const { writeId } = entry;
    const reply = await bridge.call('outbox.retry', input === undefined ? { writeId } : { writeId, input });
    return 'error' in reply ? saidInWords(reply.error.message) : null;
  };
  const discard = async () => {
    const reply = await bridge.call('outbox.discard', { writeId: entry.writeId });
    if ('error' in reply) return showError(reply.error);
    // the parts of an import are not kept anywhere else
    if (entry.name.startsWith('imports.')) return;
    const again = async () => {
      const queued = await bridge.call('command', { name: entry.name, input: entry.input } as Command);
      if ('error' in queued) showError(queued.error);
    };
    offerUndo({ label: t('Discarded: {{change}}', { change: saidInWords(entry.title) }), undo: () => void again() });
  };
  return { retry, discard };
}
