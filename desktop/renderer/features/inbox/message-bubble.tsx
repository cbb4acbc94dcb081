import type { MessageRow } from '../../../../shared/bridge/contacts-contract.ts';
import { formatClock, formatFull } from '../../lib/format/format-time.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { useQuery } from '../../lib/use-query.ts';
import { showError } from '../../ui/toaster.tsx';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { DeliveryState } from './delivery-state.tsx';

/** One text. Dashed as long as it is only on this computer. */
export function MessageBubble({ message, withMeta }: { message: MessageRow; withMeta: boolean }) {
  const { direction, status, pending } = message;
  const failed = status === 'failed';
  return (
    <>
      <div
        className="msg"
        data-direction={direction}
        data-pending={pending || undefined}
        data-failed={failed || undefined}
      >
        {message.body}
      </div>
      {withMeta && (
        <div className="msg-meta" data-direction={direction} data-status={status}>
          {pending ? (
            <PendingMeta messageId={message.id} />
          ) : (
            <>
              <Author message={message} />
              <time title={formatFull(message.createdAt)}>{formatClock(message.createdAt)}</time>
              {direction === 'out' && ' · '}
              <DeliveryState status={status} failure={message.failure} />
            </>
          )}
        </div>
      )}
    </>
  );
}

function Author({ message }: { message: MessageRow }) {
  const { data: members = [] } = useQuery('members.list', {});
  const name = members.find((member) => member.id === message.authorId)?.name.split(' ')[0];
  return name ? <>{name} · </> : null;
}

/** A text that has not left: says when it will, and takes it back as long as that is possible. */
function PendingMeta({ messageId }: { messageId: string }) {
  const bridge = useBridge();
  const { data: sync } = useQuery('sync.get', {});
  const { data: outbox = [] } = useQuery('outbox.list', {});
  const write = outbox.find((entry) => (entry.input as { id?: string }).id === messageId);
  const unsend = async (writeId: string) => {
    const reply = await bridge.call('outbox.discard', { writeId });
    if ('error' in reply) showError(reply.error);
  };
  if (write?.state === 'refused')
    return <span className="text-danger-text">{saidInWords(write.refusal?.message ?? '')}</span>;
  return (
    <>
      <span className="pend" aria-hidden="true" />
      {sync?.status === 'offline' ? t('On this computer · sends when the line is back') : t('On its way')}
      {write?.state === 'queued' && (
        <button type="button" className="link" onClick={() => void unsend(write.writeId)}>
          {t('Unsend')}
        </button>
      )}
    </>
  );
}
