import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../lib/i18n/t.ts';
import { TextField } from '../../ui/field.tsx';

type PasswordFieldProps = {
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  autoComplete: 'current-password' | 'new-password';
  autoFocus?: boolean;
};

export function PasswordField({ value, onChange, error, autoComplete, autoFocus = false }: PasswordFieldProps) {
  const [visible, setVisible] = useState(false);
  const Icon = visible ? EyeOff : Eye;
  return (
    <TextField
      size="lg"
      label={t('Password')}
      type={visible ? 'text' : 'password'}
      autoComplete={autoComplete}
      autoFocus={autoFocus}
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
      after={
        <button
          type="button"
          className="btn ghost sq sm"
          aria-label={visible ? t('Hide the password') : t('Show the password')}
          onClick={() => setVisible(!visible)}
        >
          <Icon size={16} aria-hidden="true" />
        </button>
      }
    />
  );
}
