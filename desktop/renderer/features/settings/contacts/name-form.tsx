import { useState } from 'react';
import type { Reply } from '../../../../../shared/bridge/bridge-contract.ts';
import { saidInWords } from '../../../lib/i18n/said-in-words.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOnce } from '../../../lib/operations/use-once.ts';
import { ReasonButton } from '../../../ui/controls/reason-button.tsx';
import { TextField } from '../../../ui/field.tsx';

type NameFormProps = {
  label: string;
  action: string;
  denied: string | null;
  maxLength?: number;
  submit: (name: string) => Promise<Reply<unknown>>;
};

/** One new thing by its name. What was typed stays until it was made. */
export function NameForm({ label, action, denied, maxLength = 60, submit }: NameFormProps) {
  const { busy, once } = useOnce();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const make = async () => {
    if (!name.trim()) return setProblem(t('Name it'));
    const reply = await submit(name.trim());
    if ('error' in reply) return setProblem(saidInWords(reply.error.message));
    setProblem(null);
    return setName('');
  };
  return (
    <form
      noValidate
      className="set-card set-form"
      aria-label={action}
      onSubmit={(event) => {
        event.preventDefault();
        if (denied === null) void once(make);
      }}
    >
      <TextField
        label={label}
        value={name}
        maxLength={maxLength}
        error={problem ?? undefined}
        onChange={(event) => setName(event.target.value)}
      />
      <div className="set-foot">
        <ReasonButton reason={denied} type="submit" disabled={busy}>
          {action}
        </ReasonButton>
      </div>
    </form>
  );
}
