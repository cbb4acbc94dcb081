import { CircleAlert, CircleCheck, CircleOff } from 'lucide-react';
import { useState } from 'react';
import type { AdminItem } from '../../../../../shared/people/own-item.ts';
import { checkIntegration, testIntegration } from '../../../../../shared/workspace/settings-operations.ts';
import { formatFull, formatPassed } from '../../../lib/format/format-time.ts';
import { saidInWords } from '../../../lib/i18n/said-in-words.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useIdentity } from '../../../lib/use-identity.ts';
import { useNow } from '../../../lib/use-now.ts';
import { useOnce } from '../../../lib/operations/use-once.ts';
import { useOperation } from '../../../lib/operations/use-operation.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { useReason } from '../../../lib/operations/use-reasons.ts';
import { FieldError, TextField } from '../../../ui/field.tsx';
import { ReasonButton } from '../../../ui/controls/reason-button.tsx';
import { LineNote, RoleNote, SettingPage } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';

const KEYS = ['carrier', 'mail'] as const;
type Key = (typeof KEYS)[number];
/** As the server names what it found. */
const NAMES: Record<Key, string> = { carrier: 'Text messages', mail: 'Mail' };
type Found = { ok: boolean; mode: 'live' | 'sandbox' | 'off'; message: string | null; checkedAt: number | null };

/** What stands between the workspace and the outside: does it work, and does a test arrive. */
export function IntegrationsSection() {
  const read = useQuery('integrations.list', {});
  return (
    <SettingPage
      title={t('Integrations')}
      lead={t('What carries texts and mails. A sandbox needs no account and reaches nobody outside.')}
    >
      <RoleNote role={checkIntegration.role} />
      <LineNote />
      <Read of={read}>
        {(kept) =>
          KEYS.map((key) => <Integration key={key} of={key} kept={kept.find(({ name }) => name === NAMES[key])} />)
        }
      </Read>
    </SettingPage>
  );
}

const integrationWord = (key: Key): string => (key === 'carrier' ? t('Text messages') : t('Mail'));

function Integration({ of: key, kept }: { of: Key; kept: AdminItem<'integration'> | undefined }) {
  const run = useOperation();
  const reason = useReason(checkIntegration.role, 'server');
  const now = useNow();
  const [fresh, setFresh] = useState<Found | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const found = fresh ?? kept ?? null;
  const check = async () => {
    setBusy(true);
    setError(null);
    const reply = await run(checkIntegration, { key });
    setBusy(false);
    if ('error' in reply) setError(saidInWords(reply.error.message));
    else setFresh({ ...reply.data, checkedAt: Date.now() });
  };
  return (
    <section className="set-card" aria-label={integrationWord(key)}>
      <div className="set-row">
        <div className="what">
          <div className="med flex items-center gap-2">
            {integrationWord(key)}
            <Health found={found} />
          </div>
          <p>
            {found?.message && <span className="text-danger-text">{saidInWords(found.message)} </span>}
            {found?.checkedAt ? (
              <span title={formatFull(found.checkedAt)}>
                {t('Checked {{when}}', { when: formatPassed(found.checkedAt, now) })}
              </span>
            ) : (
              t('Not checked yet')
            )}
          </p>
          {error && <FieldError message={error} />}
        </div>
        <div className="acts">
          <ReasonButton reason={reason} disabled={busy} onClick={() => void check()}>
            {busy ? t('Checking…') : t('Check now')}
          </ReasonButton>
        </div>
      </div>
      <SendTest of={key} />
    </section>
  );
}

function Health({ found }: { found: Found | null }) {
  if (found === null) return null;
  const [Icon, word, tone] =
    found.mode === 'off'
      ? ([CircleOff, t('Off'), ''] as const)
      : !found.ok
        ? ([CircleAlert, t('Does not work'), 'danger'] as const)
        : ([CircleCheck, found.mode === 'sandbox' ? t('Sandbox') : t('Works'), 'success'] as const);
  return (
    <span className="badge inline-flex items-center gap-1" data-tone={tone || undefined}>
      <Icon size={12} aria-hidden="true" />
      {word}
    </span>
  );
}

function SendTest({ of: key }: { of: Key }) {
  const run = useOperation();
  const identity = useIdentity();
  const { busy, once } = useOnce();
  const reason = useReason(testIntegration.role, 'server');
  const [to, setTo] = useState(key === 'mail' ? (identity?.email ?? '') : '');
  const [said, setSaid] = useState<{ ok: boolean; words: string } | null>(null);
  const send = async () => {
    const checked = testIntegration.input.safeParse({ key, to });
    if (!checked.success) return setSaid({ ok: false, words: t('Say where the test goes.') });
    const reply = await run(testIntegration, { key, to });
    if ('error' in reply) return setSaid({ ok: false, words: saidInWords(reply.error.message) });
    const { accepted, message } = reply.data;
    return setSaid({
      ok: accepted,
      words: accepted
        ? t('Taken for delivery to {{to}}. It arrives within a minute, or something on the way is wrong.', { to })
        : saidInWords(message ?? t('It was refused without a reason.')),
    });
  };
  return (
    <form
      noValidate
      className="set-form border-t border-line-hairline"
      aria-label={t('Send a test over {{integration}}', { integration: integrationWord(key) })}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason === null) void once(send);
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <div className="min-w-0 flex-1 basis-52">
          <TextField
            label={key === 'carrier' ? t('Your phone number, for a test') : t('Your address, for a test')}
            type={key === 'carrier' ? 'tel' : 'email'}
            value={to}
            onChange={(event) => {
              setTo(event.target.value);
              setSaid(null);
            }}
          />
        </div>
        <ReasonButton reason={reason} type="submit" disabled={busy}>
          {t('Send a test')}
        </ReasonButton>
      </div>
      {said && !said.ok && <FieldError message={said.words} />}
      <span role="status" className="text-small text-ink-2 empty:hidden">
        {said?.ok && said.words}
      </span>
    </form>
  );
}
