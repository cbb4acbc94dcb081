import type { ConversationRow } from '../../../../shared/bridge/bridge-contract.ts';
import { contactName } from '../../lib/contacts/contact-name.ts';
import { formatAgo, formatFull, formatWait } from '../../lib/format/format-time.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { t } from '../../lib/i18n/t.ts';
import { Score } from '../../ui/score.tsx';

/** The open conversation is never out of sight in the list. */
function reveal(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: 'nearest' });
}

type ConversationListProps = {
  rows: readonly ConversationRow[];
  currentId: string | null;
  onOpen: (id: string) => void;
  onMore: (() => void) | null;
};

export function ConversationList({ rows, currentId, onOpen, onMore }: ConversationListProps) {
  const now = useNow();
  return (
    <div className="pane flex-1" role="listbox" aria-label={t('Conversations')}>
      {rows.map((row, index) => (
        <ConversationItem
          key={row.id}
          row={row}
          now={now}
          current={row.id === currentId}
          reachable={row.id === currentId || (currentId === null && index === 0)}
          onOpen={onOpen}
        />
      ))}
      {onMore && (
        <div className="p-2 text-center">
          <Button size="sm" look="ghost" onClick={onMore}>
            {t('More conversations')}
          </Button>
        </div>
      )}
    </div>
  );
}

type ItemProps = {
  row: ConversationRow;
  now: number;
  current: boolean;
  reachable: boolean;
  onOpen: (id: string) => void;
};

function ConversationItem({ row, now, current, reachable, onOpen }: ItemProps) {
  const waiting = row.waitingSince !== null;
  return (
    <button
      type="button"
      role="option"
      aria-selected={current}
      ref={current ? reveal : undefined}
      tabIndex={reachable ? 0 : -1}
      className="conv"
      data-waiting={waiting || undefined}
      onClick={() => onOpen(row.id)}
    >
      {waiting && <span className="lampdot" aria-hidden="true" />}
      <span className="name trunc">{contactName(row.contact)}</span>
      <span className="flex items-center gap-1.5">
        {row.pending && <span className="pend" role="img" aria-label={t('Not sent yet')} />}
        {row.lastMessageAt !== null && (
          <time title={formatFull(row.lastMessageAt)}>{formatAgo(row.lastMessageAt, now)}</time>
        )}
      </span>
      <span className="preview trunc">
        {row.lastMessagePreview === null
          ? t('No texts yet')
          : row.lastMessageDirection === 'out'
            ? t('You: {{text}}', { text: row.lastMessagePreview })
            : row.lastMessagePreview}
      </span>
      {row.waitingSince !== null && (
        <span className="meta">
          {formatWait(row.waitingSince, now)}
          {row.contact.leadScore !== null && <Score score={row.contact.leadScore} />}
        </span>
      )}
    </button>
  );
}
