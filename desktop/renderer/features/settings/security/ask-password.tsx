import { useState } from 'react';
import type { Reply } from '../../../../../shared/bridge/bridge-contract.ts';
import { saidInWords } from '../../../lib/i18n/said-in-words.ts';
import { t } from '../../../lib/i18n/t.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';

type AskPasswordProps = {
  title: string;
  description?: string;
  open: boolean;
  danger?: boolean;
  onOpenChange: (open: boolean) => void;
  /** Closes when it answers without an error. */
  onPassword: (password: string) => Promise<Reply<unknown>>;
};

/** Acts that somebody at an unlocked computer must not do take the password again. */
export function AskPassword({ title, description, open, danger = false, onOpenChange, onPassword }: AskPasswordProps) {
  const words = description ?? t('Enter your password, so that nobody does this at a computer you left open.');
  return (
    <Modal title={title} description={words} open={open} onOpenChange={onOpenChange}>
      <PasswordForm danger={danger} onDone={() => onOpenChange(false)} onPassword={onPassword} />
    </Modal>
  );
}

type FormProps = { danger: boolean; onDone: () => void; onPassword: AskPasswordProps['onPassword'] };

function PasswordForm({ danger, onDone, onPassword }: FormProps) {
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (password === '') return setError(t('Enter your password'));
    setBusy(true);
    const reply = await onPassword(password);
    setBusy(false);
    if ('error' in reply) return setError(saidInWords(reply.error.message));
    return onDone();
  };
  return (
    <form
      noValidate
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextField
        label={t('Password')}
        type="password"
        autoComplete="current-password"
        autoFocus
        value={password}
        error={error}
        onChange={(event) => {
          setPassword(event.target.value);
          setError(undefined);
        }}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>{t('Cancel')}</Button>
        <Button look={danger ? 'danger' : 'primary'} type="submit" disabled={busy}>
          {t('Go on')}
        </Button>
      </div>
    </form>
  );
}
