import { useState } from 'react';
import { useBridge } from '../../lib/bridge-context.tsx';
import { useHost } from '../../lib/host.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { JackField } from '../../ui/jack-field.tsx';
import { Mark } from '../../ui/mark.tsx';
import { AddressVerdict } from './address-verdict.tsx';
import { useAddressCheck } from './use-address-check.ts';

type ConnectionPageProps = {
  /** From a link that somebody followed. */ address?: string;
  /** Another account is there to go back to. */ onCancel?: (() => void) | undefined;
  onChosen?: () => void;
};

/** The first thing a new account needs: where its server is. */
export function ConnectionPage({ address: given = '', onCancel, onChosen }: ConnectionPageProps) {
  const bridge = useBridge();
  const host = useHost();
  const [address, setAddress] = useState(given);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState<'address' | 'local' | null>(null);
  const check = useAddressCheck(address);
  const choose = async (choice: { address: string } | { local: true }) => {
    setBusy('local' in choice ? 'local' : 'address');
    setError(null);
    const reply = await bridge.call('connection.choose', choice);
    setBusy(null);
    if ('error' in reply) setError(saidInWords(reply.error.message));
    else onChosen?.();
  };
  return (
    <main className="signin">
      <div className="signin-side">
        <div className="m-auto w-full max-w-[328px]">
          <div className="mb-7 flex items-center gap-2.5">
            <Mark size={30} />
            <span className="wordmark !text-[21px]">{t('Switchboard')}</span>
          </div>
          <form
            noValidate
            className="grid gap-3"
            aria-label={t('Connect to a server')}
            onSubmit={(event) => {
              event.preventDefault();
              if (address.trim()) void choose({ address });
              else setError(t('Enter the address of your server.'));
            }}
          >
            <h1 className="display-name">{t('Where is your server?')}</h1>
            <TextField
              size="lg"
              label={t('Server address')}
              inputMode="url"
              autoFocus
              autoCapitalize="off"
              spellCheck={false}
              placeholder="crm.example.com"
              value={address}
              error={error ?? undefined}
              onChange={(event) => {
                setAddress(event.target.value);
                setError(null);
              }}
            />
            {error === null && <AddressVerdict check={check} />}
            <Button look="primary" size="lg" type="submit" shortcut="enter" disabled={busy !== null}>
              {busy === 'address' ? t('Connecting…') : t('Connect')}
            </Button>
            {host?.can.localServer && (
              <Button size="lg" disabled={busy !== null} onClick={() => void choose({ local: true })}>
                {busy === 'local' ? t('Starting a server…') : t('Use a server on this computer')}
              </Button>
            )}
            <p className="text-small text-ink-3">
              {t('Whoever invited you knows the address. On this computer alone you can try everything without one.')}
            </p>
            {onCancel && (
              <button type="button" className="link justify-self-start text-small" onClick={onCancel}>
                {t('Back')}
              </button>
            )}
          </form>
        </div>
      </div>
      <aside className="signin-art" aria-hidden="true">
        <JackField />
      </aside>
    </main>
  );
}
