import { useState } from 'react';
import { signUpRequest } from '../../../../shared/auth/auth-requests.ts';
import type { ArgsOf } from '../../../../shared/bridge/bridge-contract.ts';
import { countries } from '../../lib/format/countries.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldError, SelectField, TextField } from '../../ui/field.tsx';
import { PasswordField } from './password-field.tsx';
import { t } from '../../lib/i18n/t.ts';
import { useAuthForm } from './use-auth-form.ts';

const schema = signUpRequest.omit({ deviceId: true, deviceName: true });
type Args = ArgsOf<'session.signUp'>;

export function SignUpForm({ onSignIn }: { onSignIn: () => void }) {
  const bridge = useBridge();
  const [values, setValues] = useState<Args>({ tenantName: '', name: '', email: '', password: '', country: 'US' });
  const { errors, busy, send } = useAuthForm<Args>(schema, (args) => bridge.call('session.signUp', args));
  const field = (name: keyof Args) => ({
    size: 'lg' as const,
    value: values[name] ?? '',
    error: errors[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  });
  return (
    <form
      noValidate
      aria-labelledby="sign-up-title"
      onSubmit={(event) => {
        event.preventDefault();
        void send(values);
      }}
    >
      <h1 id="sign-up-title" className="display-name">
        {t('Start with your team')}
      </h1>
      <TextField label={t('Company or team')} autoComplete="organization" autoFocus {...field('tenantName')} />
      <TextField label={t('Your name')} autoComplete="name" {...field('name')} />
      <TextField label={t('Work email')} type="email" autoComplete="username" {...field('email')} />
      <PasswordField
        autoComplete="new-password"
        value={values.password}
        error={errors['password']}
        onChange={(password) => setValues({ ...values, password })}
      />
      <SelectField
        size="lg"
        label={t('Country, for phone numbers written without a code')}
        value={values.country}
        onChange={(event) => setValues({ ...values, country: event.target.value })}
      >
        {countries().map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      {errors['form'] && <FieldError message={errors['form']} />}
      <Button look="primary" size="lg" type="submit" shortcut="enter" className="mt-1" disabled={busy}>
        {busy ? t('Setting up…') : t('Create the team')}
      </Button>
      <p className="text-small text-ink-3">
        {t('Your team is here already?')}{' '}
        <button type="button" className="link" onClick={onSignIn}>
          {t('Sign in')}
        </button>
      </p>
    </form>
  );
}
