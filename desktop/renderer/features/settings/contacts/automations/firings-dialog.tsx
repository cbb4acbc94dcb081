import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { listFirings, type FIRING_OUTCOMES } from '../../../../../../shared/statuses/automation-operations.ts';
import type { OutputOf } from '../../../../../../shared/protocol/operation.ts';
import { formatFull, formatMoment } from '../../../../lib/format/format-time.ts';
import { saidInWords } from '../../../../lib/i18n/said-in-words.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useOnlineQuery } from '../../../../lib/operations/use-online-query.ts';
import { useOfflineReason } from '../../../../lib/operations/use-reasons.ts';
import { useNow } from '../../../../lib/use-now.ts';
import { Button } from '../../../../ui/button.tsx';
import { Modal } from '../../../../ui/modal.tsx';
import { Segmented } from '../../../../ui/segmented.tsx';
import type { Automation } from './automation-draft.ts';
import { OnlineAnswer } from './online-answer.tsx';
import { useAutomationWords } from './use-automation-words.ts';

type Firing = OutputOf<typeof listFirings>['data'][number];
type Outcome = (typeof FIRING_OUTCOMES)[number];

const LIMIT = 50;

const outcomeWords = (): Record<Outcome, string> => ({
  moved: t('Moved'),
  skipped: t('Skipped'),
  stopped: t('Stopped'),
  failed: t('Failed', { context: 'an automation' }),
});

/** Every time that an automation came to a contact, newest first, also when it did nothing, and why. */
export function FiringsDialog({ automation, onClose }: { automation: Automation | null; onClose: () => void }) {
  const [outcome, setOutcome] = useState<Outcome | 'all'>('all');
  const [page, setPage] = useState(1);
  const offline = useOfflineReason();
  const asked = {
    page,
    limit: LIMIT,
    ...(automation && { automationId: automation.id }),
    ...(outcome !== 'all' && { outcome }),
  };
  const answer = useOnlineQuery(listFirings, asked, offline === null);
  const words = outcomeWords();
  return (
    <Modal
      wide
      open
      onOpenChange={(open) => !open && onClose()}
      title={automation ? t('What {{name}} did', { name: automation.name }) : t('What automations did')}
    >
      <div className="grid gap-3">
        <Segmented<Outcome | 'all'>
          label={t('What came of it')}
          value={outcome}
          segments={[
            { value: 'all', label: t('All', { context: 'what automations did' }) },
            { value: 'moved', label: words.moved },
            { value: 'skipped', label: words.skipped },
            { value: 'stopped', label: words.stopped },
            { value: 'failed', label: words.failed },
          ]}
          onChoose={(next) => {
            setOutcome(next);
            setPage(1);
          }}
        />
        <OnlineAnswer of={answer}>
          {({ data, total }) =>
            data.length === 0 ? (
              <p className="text-small text-ink-3">
                {t('Nothing yet. It is noted here whenever one comes to a contact.')}
              </p>
            ) : (
              <>
                <ul className="set-card set-list max-h-[55vh] overflow-y-auto">
                  {data.map((firing) => (
                    <FiringRow key={firing.id} firing={firing} named={automation === null} />
                  ))}
                </ul>
                {total > LIMIT && (
                  <div className="flex items-center gap-2">
                    <Button size="sm" disabled={page === 1} onClick={() => setPage(page - 1)}>
                      {t('Newer')}
                    </Button>
                    <Button size="sm" disabled={page * LIMIT >= total} onClick={() => setPage(page + 1)}>
                      {t('Older')}
                    </Button>
                    <span className="num text-small text-ink-3">
                      {t('{{from}} to {{to}} of {{total}}', {
                        from: (page - 1) * LIMIT + 1,
                        to: Math.min(total, page * LIMIT),
                        total,
                      })}
                    </span>
                  </div>
                )}
              </>
            )
          }
        </OnlineAnswer>
      </div>
    </Modal>
  );
}

function FiringRow({ firing, named }: { firing: Firing; named: boolean }) {
  const now = useNow();
  const { statusName } = useAutomationWords();
  const { contactId, contactName, automationName, at, outcome, reason, fromStatus, toStatus } = firing;
  const way = `${fromStatus ? statusName(fromStatus) : t('no status')} → ${statusName(toStatus)}`;
  return (
    <li className="set-row !py-2">
      <div className="what">
        <div className="flex flex-wrap items-center gap-x-2">
          <Link to="/contacts/$id" params={{ id: contactId }} className="link med">
            {contactName}
          </Link>
          <span className="badge" data-tone={outcome === 'failed' ? 'danger' : undefined}>
            {outcomeWords()[outcome]}
          </span>
          <span className="text-small text-ink-2">{way}</span>
        </div>
        <p>{[named && automationName, reason && saidInWords(reason)].filter(Boolean).join(' · ')}</p>
      </div>
      <time className="num text-small text-ink-3" title={formatFull(at)}>
        {formatMoment(at, now)}
      </time>
    </li>
  );
}
