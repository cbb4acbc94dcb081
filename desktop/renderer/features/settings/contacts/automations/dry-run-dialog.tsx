import { Link } from '@tanstack/react-router';
import { dryRunAutomation, type WHY_NOT } from '../../../../../../shared/statuses/automation-operations.ts';
import type { OutputOf } from '../../../../../../shared/protocol/operation.ts';
import { formatDue } from '../../../../lib/format/format-due.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useOnlineQuery } from '../../../../lib/operations/use-online-query.ts';
import { useOfflineReason } from '../../../../lib/operations/use-reasons.ts';
import { useNow } from '../../../../lib/use-now.ts';
import { Modal } from '../../../../ui/modal.tsx';
import type { Automation } from './automation-draft.ts';
import { OnlineAnswer } from './online-answer.tsx';
import { useAutomationWords } from './use-automation-words.ts';

type Answer = OutputOf<typeof dryRunAutomation>;
type Some = Answer['now'];
type Why = (typeof WHY_NOT)[number];

/** Names that are listed at once; more are a matter for the list. */
const NAMES = 12;

const whyWords = (): Record<Why, string> => ({
  conditions: t('They do not meet the conditions'),
  later: t('They are due later than that'),
  has_target: t('They have the new status already'),
  has_status_already: t('They have the status already; it moves whoever gets it from now on'),
  target_inactive: t('The new status is switched off'),
});

/** Who would move now, who within a day, and why the others would not. Nobody is moved by asking. */
export function DryRunDialog({ automation, onClose }: { automation: Automation; onClose: () => void }) {
  const offline = useOfflineReason();
  const answer = useOnlineQuery(dryRunAutomation, { id: automation.id }, offline === null);
  const { statusName } = useAutomationWords();
  return (
    <Modal
      wide
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('Who would move by {{name}}', { name: automation.name })}
      description={t('As if it were on and everybody were asked now. Nobody is moved by asking.')}
    >
      <OnlineAnswer of={answer}>
        {({ now, within24Hours, others, next }) => (
          <div className="grid max-h-[60vh] gap-4 overflow-y-auto">
            <People title={t('{{count}} contacts at once', { count: now.contacts })} some={now} />
            <People
              title={t('{{count}} contacts within 24 hours', { count: within24Hours.contacts })}
              some={within24Hours}
            />
            {next.length > 0 && (
              <p className="text-ink-2">
                {t('Other automations would take them on from there: {{way}}.', {
                  way: next.map(statusName).join(' → '),
                })}
              </p>
            )}
            {others.map(({ why, ...some }) => (
              <People
                key={why}
                title={t('{{count}} contacts would stay', { count: some.contacts })}
                reason={whyWords()[why]}
                some={some}
              />
            ))}
          </div>
        )}
      </OnlineAnswer>
    </Modal>
  );
}

function People({ title, reason, some }: { title: string; reason?: string; some: Some }) {
  const now = useNow();
  const shown = some.sample.slice(0, NAMES);
  return (
    <section className="grid gap-1" aria-label={title}>
      <h3 className="med">{title}</h3>
      {reason && <p className="text-small text-ink-3">{reason}</p>}
      {shown.length > 0 && (
        <ul className="dry-run-names">
          {shown.map(({ id, name, dueAt }) => (
            <li key={id}>
              <Link to="/contacts/$id" params={{ id }} className="link">
                {name}
              </Link>
              {dueAt !== null && (
                <span className="text-small text-ink-3"> {formatDue({ at: dueAt, allDay: false }, now)}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {some.contacts > shown.length && (
        <p className="text-small text-ink-3">{t('and {{count}} more', { count: some.contacts - shown.length })}</p>
      )}
    </section>
  );
}
