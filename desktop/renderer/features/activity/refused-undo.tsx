import { CircleAlert } from 'lucide-react';
import type { OutboxEntry } from '../../../../shared/bridge/bridge-contract.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useOnce } from '../../lib/operations/use-once.ts';
import { Button } from '../../ui/button.tsx';
import { showError } from '../../ui/toaster.tsx';

/** Why an act could not be taken back: somebody changed it since. Their change stands unless one wants it gone. */
export function RefusedUndo({ refusal: { writeId, input, refusal } }: { refusal: OutboxEntry }) {
  const bridge = useBridge();
  const { busy, once } = useOnce();
  if (!refusal) return null;
  const { reason, by } = refusal.details ?? {};
  const changedSince = reason === 'changed_since';
  const anyway = async () => {
    const reply = await bridge.call('outbox.retry', { writeId, input: { ...(input as object), anyway: true } });
    if ('error' in reply) showError(reply.error);
  };
  const leave = async () => {
    const reply = await bridge.call('outbox.discard', { writeId });
    if ('error' in reply) showError(reply.error);
  };
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2 text-small" role="alert">
      <CircleAlert size={14} className="text-danger-text" aria-hidden="true" />
      <span className="text-danger-text">
        {changedSince && typeof by === 'string'
          ? t('Not taken back: changed since by {{name}}.', { name: by })
          : saidInWords(refusal.message)}
      </span>
      {changedSince && (
        <Button size="sm" disabled={busy} onClick={() => void once(anyway)}>
          {t('Undo anyway')}
        </Button>
      )}
      <Button size="sm" look="ghost" disabled={busy} onClick={() => void once(leave)}>
        {t('Leave it')}
      </Button>
    </div>
  );
}
