import { useState } from 'react';
import type { ContactDetail } from '../../../../../../shared/bridge/contacts-contract.ts';
import type { ContactHistory } from '../../../../../../shared/bridge/bridge-contract.ts';
import { CONSENT_COLUMN, type CONSENT_PURPOSES } from '../../../../../../shared/contacts/consent-operations.ts';
import { NO_END } from '../../../../../../shared/contacts/contact.ts';
import { formatFull, formatMoment } from '../../../../lib/format/format-time.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useMay } from '../../../../lib/use-identity.ts';
import { useNow } from '../../../../lib/use-now.ts';
import { Button } from '../../../../ui/button.tsx';
import { useHistory } from '../history/use-history.ts';
import { ConsentDialog, formWords } from './consent-dialog.tsx';
import { RefusalDialog } from './refusal-dialog.tsx';

type Purpose = (typeof CONSENT_PURPOSES)[number];
type Asked = { what: 'record' | 'withdraw'; purpose: Purpose } | { what: 'optOut' } | { what: 'optIn' };

const purposeWords = (): Record<Purpose, string> => ({
  marketing: t('Marketing'),
  automated: t('Automated calls and texts'),
});

/** What they agreed to, until when, how and where that is from; and whether they said no. */
export function ContactConsent({ contact }: { contact: ContactDetail }) {
  const mayEdit = useMay('AGENT');
  const now = useNow();
  const { history } = useHistory(contact.id);
  const [asked, setAsked] = useState<Asked | null>(null);
  const words = purposeWords();
  return (
    <>
      <ul className="grid gap-2">
        {(['marketing', 'automated'] as const).map((purpose) => {
          const until = contact[CONSENT_COLUMN[purpose]];
          const holds = until !== null && until > now;
          return (
            <li key={purpose} className="grid gap-0.5">
              <span className="flex flex-wrap items-center gap-x-2">
                <span className="med">{words[purpose]}</span>
                <span className={holds ? '' : 'text-ink-3'}>{untilWords(until, now)}</span>
                {mayEdit && (
                  <span className="ms-auto flex gap-1">
                    <Button
                      size="sm"
                      look="ghost"
                      aria-label={t('Record consent: {{purpose}}', { purpose: words[purpose] })}
                      onClick={() => setAsked({ what: 'record', purpose })}
                    >
                      {t('Record')}
                    </Button>
                    {holds && (
                      <Button
                        size="sm"
                        look="ghost"
                        aria-label={t('Withdraw consent: {{purpose}}', { purpose: words[purpose] })}
                        onClick={() => setAsked({ what: 'withdraw', purpose })}
                      >
                        {t('Withdraw')}
                      </Button>
                    )}
                  </span>
                )}
              </span>
              {holds && <Origin history={history} purpose={purpose} now={now} />}
            </li>
          );
        })}
        <li className="flex flex-wrap items-center gap-x-2">
          {contact.optedOutAt === null ? (
            <span className="text-ink-3">{t('Has not opted out')}</span>
          ) : (
            <span>
              <span className="badge" data-tone="warning">
                {t('Opted out')}
              </span>{' '}
              <time title={formatFull(contact.optedOutAt)}>{formatMoment(contact.optedOutAt, now)}</time>
              {contact.optOutMethod && ` · ${methodWord(contact.optOutMethod)}`}
              {contact.optOutReason && ` · ${contact.optOutReason}`}
            </span>
          )}
          {mayEdit && (
            <Button
              size="sm"
              look="ghost"
              className="ms-auto"
              onClick={() => setAsked({ what: contact.optedOutAt === null ? 'optOut' : 'optIn' })}
            >
              {contact.optedOutAt === null ? t('Opt out…') : t('Opt in again…')}
            </Button>
          )}
        </li>
        {contact.doNotCallAt !== null && (
          <li>
            <span className="badge" data-tone="danger">
              {t('Do not call')}
            </span>{' '}
            <time title={formatFull(contact.doNotCallAt)}>{formatMoment(contact.doNotCallAt, now)}</time>
          </li>
        )}
      </ul>
      {asked && (asked.what === 'record' || asked.what === 'optIn') && (
        <ConsentDialog
          contactId={contact.id}
          purpose={asked.what === 'record' ? asked.purpose : null}
          onClose={() => setAsked(null)}
        />
      )}
      {asked && (asked.what === 'withdraw' || asked.what === 'optOut') && (
        <RefusalDialog
          contactId={contact.id}
          purpose={asked.what === 'withdraw' ? asked.purpose : null}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function untilWords(until: number | null, now: number): string {
  if (until === null) return t('not agreed');
  if (until === NO_END) return t('agreed for good');
  return until > now
    ? t('agreed until {{when}}', { when: formatMoment(until, now) })
    : t('ended {{when}}', { when: formatMoment(until, now) });
}

function methodWord(method: string): string {
  const words: Record<string, string> = {
    STOP: t('by writing STOP'),
    webhook: t('told by another system'),
    manual: t('recorded by hand'),
    carrier: t('told by the carrier'),
    import: t('by an import'),
  };
  return words[method] ?? method;
}

type OriginProps = { history: ContactHistory | undefined; purpose: Purpose; now: number };

/** How the consent that holds was given, from the past that is known here. */
function Origin({ history, purpose, now }: OriginProps) {
  const given = history?.entries.find(
    ({ kind, details }) => (kind === 'CONSENT_GIVEN' || kind === 'OPTED_IN') && details['purpose'] === purpose,
  );
  if (!given)
    return history && history.keptAt === null ? (
      <span className="text-small text-ink-3">{t('How it was given is on the server.')}</span>
    ) : null;
  const { form, source, evidence } = given.details;
  const how = typeof form === 'string' ? (formWords()[form] ?? form) : null;
  return (
    <span className="text-small text-ink-3">
      {[how, source, evidence, formatMoment(given.at, now)]
        .filter((part) => typeof part === 'string' && part)
        .join(' · ')}
    </span>
  );
}
