import { useState } from 'react';
import { changePassword } from '../../../../../shared/people/security-operations.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOperation } from '../../../lib/operations/use-operation.ts';
import { useOfflineReason } from '../../../lib/operations/use-reasons.ts';
import { FieldError, TextField } from '../../../ui/field.tsx';
import { ReasonButton } from '../../../ui/controls/reason-button.tsx';
import { useSettingForm } from '../use-setting-form.ts';

const NOTHING = { password: '', newPassword: '' };

export function ChangePassword() {
  const run = useOperation();
  const offline = useOfflineReason();
  const [values, setValues] = useState(NOTHING);
  const form = useSettingForm(
    changePassword.input,
    (given: typeof NOTHING) => run(changePassword, given),
    () => setValues(NOTHING),
  );
  return (
    <form
      noValidate
      className="set-card set-form"
      aria-label={t('Change the password')}
      onSubmit={(event) => {
        event.preventDefault();
        if (offline === null) void form.send(values);
      }}
    >
      <div className="row">
        <TextField
          label={t('Password now')}
          type="password"
          autoComplete="current-password"
          value={values.password}
          error={form.errors['password']}
          onChange={(event) => setValues({ ...values, password: event.target.value })}
        />
        <TextField
          label={t('New password, at least 10 characters')}
          type="password"
          autoComplete="new-password"
          value={values.newPassword}
          error={form.errors['newPassword']}
          onChange={(event) => setValues({ ...values, newPassword: event.target.value })}
        />
      </div>
      {form.errors['form'] && <FieldError message={form.errors['form']} />}
      <div className="set-foot">
        <ReasonButton reason={offline} type="submit" disabled={form.busy}>
          {t('Change the password')}
        </ReasonButton>
        <span role="status" className="text-small text-ink-3">
          {form.done
            ? t('The password is changed. Every other device of yours was signed out.')
            : t('Every other device of yours is signed out by it.')}
        </span>
      </div>
    </form>
  );
}
