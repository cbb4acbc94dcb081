import { Check, CircleAlert } from 'lucide-react';
import type { ConnectionCheck } from '../../../../shared/bridge/host-contract.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';

const skewWords = () => ({
  'app-too-old': t('This app is too old for it. Update Switchboard first.'),
  'server-too-old': t('It is older than this app. Ask whoever runs it to update it.'),
});

/** What answers at the address, in words. */
export function AddressVerdict({ check }: { check: ConnectionCheck | 'asking' | null }) {
  return (
    <p role="status" className="flex min-h-8 items-start gap-1.5 text-small text-ink-2">
      {check === 'asking' && t('Looking who answers there…')}
      {check !== null && check !== 'asking' && <Verdict check={check} />}
    </p>
  );
}

function Verdict({ check }: { check: ConnectionCheck }) {
  if (check.ok && check.skew === null)
    return (
      <>
        <Check size={14} aria-hidden="true" className="mt-px shrink-0 text-accent-text" />
        {t('A Switchboard server, version {{version}}.', { version: check.version })}
      </>
    );
  const words = check.ok
    ? `${t('A Switchboard server, version {{version}}.', { version: check.version })} ${skewWords()[check.skew ?? 'app-too-old']}`
    : saidInWords(check.message);
  return (
    <>
      <CircleAlert size={14} aria-hidden="true" className="mt-px shrink-0" />
      {words}
    </>
  );
}
