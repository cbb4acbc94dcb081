import { Pencil, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { OutboxEntry } from '../../../../shared/bridge/bridge-contract.ts';
import { FieldValue } from '../../lib/field-value.tsx';
import { fieldWord } from '../../lib/format/format-field.ts';
import { formatMoment } from '../../lib/format/format-time.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SyncGlyph } from '../../ui/sync-glyph.tsx';
import { EditChange } from './edit-change.tsx';
import { isEditable, typedFields } from './outbox-words.ts';
import { isHeld, reasonOf, refusedShare, wayOnOf } from './refusal-words.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useOnce } from '../../lib/operations/use-once.ts';
import { useOutboxActs } from './use-outbox-acts.ts';

/** A change the server said no to: the reason, yours next to theirs, and three ways on. Nothing typed is lost meanwhile. */
export function RefusedChange({ entry, isCurrent = false }: { entry: OutboxEntry; isCurrent?: boolean }) {
  const now = useNow();
  const { retry, discard } = useOutboxActs(entry);
  const { busy, once } = useOnce();
  const [editing, setEditing] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const held = isHeld(entry);
  const title = saidInWords(entry.title);
  const key = (shortcut: string) => (isCurrent ? shortcut : undefined);
  return (
    <article
      className="panel overflow-hidden"
      aria-label={t('{{change}}, refused', { change: title })}
      aria-current={isCurrent || undefined}
      data-card={entry.writeId}
      tabIndex={-1}
    >
      <Notice
        tone="danger"
        icon={<SyncGlyph state="refused" />}
        title={held ? t('Not sent: {{change}}', { change: title }) : t('Not saved: {{change}}', { change: title })}
      >
        <Reason entry={entry} />
      </Notice>
      <div className="grid gap-3 p-3">
        {editing ? (
          <EditChange entry={entry} onSave={retry} onClose={() => setEditing(false)} />
        ) : (
          <>
            {typedFields(entry).map(({ field, value }) => (
              <Versus
                key={field}
                field={field}
                mine={value}
                theirs={entry.current?.[field]}
                hasTheirs={entry.current !== null && field in entry.current}
              />
            ))}
            {error && <FieldError message={error} />}
            <div className="flex flex-wrap items-center gap-2">
              <Button
                size="sm"
                icon={RotateCcw}
                data-act="retry"
                shortcut={key('r')}
                disabled={busy}
                onClick={() => void once(async () => setError(await retry()))}
              >
                {t('Retry')}
              </Button>
              {isEditable(entry) && (
                <Button size="sm" icon={Pencil} data-act="edit" shortcut={key('e')} onClick={() => setEditing(true)}>
                  {t('Edit')}
                </Button>
              )}
              <Button
                size="sm"
                look="ghost"
                icon={Trash2}
                data-act="discard"
                shortcut={key('d')}
                disabled={busy}
                onClick={() => void once(discard)}
              >
                {t('Discard')}
              </Button>
              <time className="num ms-auto text-small text-ink-3">
                {t('made {{when}}', { when: formatMoment(entry.madeAt, now) })}
              </time>
            </div>
          </>
        )}
      </div>
    </article>
  );
}

function Reason({ entry }: { entry: OutboxEntry }) {
  const message = saidInWords(entry.refusal?.message ?? '');
  const reason = reasonOf(entry);
  const way = wayOnOf(entry);
  const share = refusedShare(entry);
  return (
    <>
      {`${reason}. `}
      {message} {share} {way}
    </>
  );
}

type VersusProps = { field: string; mine: unknown; theirs: unknown; hasTheirs: boolean };

function Versus({ field, mine, theirs, hasTheirs }: VersusProps) {
  return (
    <div className={hasTheirs ? 'versus' : 'versus !grid-cols-1'}>
      <div className="mine">
        <div className="text-micro text-ink-3">{t('{{field}}, yours, not saved', { field: fieldWord(field) })}</div>
        <span className="edited">
          <FieldValue field={field} value={mine} />
        </span>
      </div>
      {hasTheirs && (
        <div>
          <div className="text-micro text-ink-3">
            {t('{{field}}, what everybody sees', { field: fieldWord(field) })}
          </div>
          <FieldValue field={field} value={theirs} />
        </div>
      )}
    </div>
  );
}
