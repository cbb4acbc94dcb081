import { useState } from 'react';
import { secondFactorRequest } from '../../../../shared/auth/auth-requests.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { t } from '../../lib/i18n/t.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError, TextField } from '../../ui/field.tsx';
import { useAuthForm } from './use-auth-form.ts';

type SecondFactorFormProps = { challenge: string; onBack: () => void; again?: boolean };

/** The second step: a code of the app, or one of the recovery codes when the phone is not there. */
export function SecondFactorForm({ challenge, onBack, again = false }: SecondFactorFormProps) {
  const bridge = useBridge();
  const [code, setCode] = useState('');
  const [recovering, setRecovering] = useState(false);
  const { errors, busy, send } = useAuthForm<{ challenge: string; code: string }>(secondFactorRequest, (args) =>
    bridge.call('session.secondFactor', args),
  );
  const wrong =
    errors['code'] && (recovering ? t('Enter one of your recovery codes') : t('Six digits, as your app shows them'));
  return (
    <form
      noValidate
      className="grid gap-3"
      aria-label={t('Second step')}
      onSubmit={(event) => {
        event.preventDefault();
        void send({ challenge, code });
      }}
    >
      {!again && <h1 className="display-name">{t('One more step')}</h1>}
      <p className="text-small text-ink-2">
        {recovering
          ? t('Each recovery code works once. You find yours where you kept them when you set this up.')
          : t('Open your authenticator app and enter the code it shows now.')}
      </p>
      <TextField
        key={String(recovering)}
        size="lg"
        label={recovering ? t('Recovery code') : t('Code')}
        inputMode={recovering ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        autoCapitalize="off"
        spellCheck={false}
        autoFocus
        value={code}
        error={wrong}
        onChange={(event) => setCode(event.target.value)}
      />
      {errors['form'] && <FieldError message={errors['form']} />}
      <Button look="primary" size="lg" type="submit" shortcut="enter" disabled={busy}>
        {busy ? t('Signing in…') : t('Go on')}
      </Button>
      <p className="flex flex-wrap justify-between gap-2 text-small">
        <button
          type="button"
          className="link"
          onClick={() => {
            setCode('');
            setRecovering(!recovering);
          }}
        >
          {recovering ? t('Use the app instead') : t('Use a recovery code')}
        </button>
        <button type="button" className="link" onClick={onBack}>
          {t('Start over')}
        </button>
      </p>
    </form>
  );
}
