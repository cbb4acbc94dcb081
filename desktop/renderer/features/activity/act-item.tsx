import { Link } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import type { OutboxEntry } from '../../../../shared/bridge/bridge-contract.ts';
import type { ActRow } from '../../../../shared/bridge/team-contract.ts';
import { undoAct } from '../../../../shared/activity/activity-operations.ts';
import { formatFull, formatMoment } from '../../lib/format/format-time.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useOnce } from '../../lib/operations/use-once.ts';
import { useRunOperation } from '../../lib/operations/use-operation.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { ChangeList } from './change-list.tsx';
import { RefusedUndo } from './refused-undo.tsx';

type ActItemProps = {
  act: ActRow;
  now: number;
  isCurrent: boolean;
  /** The undo of this act that the server refused. */
  refusal: OutboxEntry | null;
};

/** One act: who, what, when, from which device, before and after. */
export function ActItem({ act, now, isCurrent, refusal }: ActItemProps) {
  const run = useRunOperation();
  const { busy, once } = useOnce();
  const who = act.mine ? t('You') : (act.userName ?? t('Somebody who is gone'));
  const undo = () => run(undoAct, { id: act.id, ...(act.inverse ? { inverse: act.inverse } : {}) });
  return (
    <li
      className="act-row"
      data-card={act.id}
      data-undone={act.undoneAt !== null || undefined}
      tabIndex={-1}
      aria-current={isCurrent || undefined}
    >
      <Avatar name={act.userName ?? who} teammate />
      <div className="min-w-0">
        <div>
          <span className="what">{saidInWords(act.title)}</span>
          {act.undoneAt !== null && (
            <span className="ms-2 text-small text-ink-3">
              {t('taken back {{when}}', { when: formatMoment(act.undoneAt, now) })}
            </span>
          )}
        </div>
        <p className="flex flex-wrap gap-x-2 text-small text-ink-3">
          <span>{who}</span>
          <time title={formatFull(act.at)}>{formatMoment(act.at, now)}</time>
          {act.deviceName && <span>{t('on {{device}}', { device: act.deviceName })}</span>}
          {act.contactId && act.contactName && (
            <Link to="/contacts/$id" params={{ id: act.contactId }} className="hover:underline">
              {act.contactName}
            </Link>
          )}
        </p>
        <ChangeList before={act.before} after={act.after} />
        {refusal && <RefusedUndo refusal={refusal} />}
      </div>
      {act.mayUndo && !refusal && (
        <Button
          size="sm"
          look="ghost"
          icon={Undo2}
          data-act="undo"
          shortcut={isCurrent ? 'u' : undefined}
          aria-label={t('Undo: {{act}}', { act: saidInWords(act.title) })}
          disabled={busy}
          onClick={() => void once(undo)}
        >
          {t('Undo')}
        </Button>
      )}
    </li>
  );
}
