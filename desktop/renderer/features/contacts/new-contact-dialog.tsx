import { useState } from 'react';
import { useCommand } from '../../lib/use-command.ts';
import { useCountry } from '../../lib/use-identity.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError, TextField } from '../../ui/field.tsx';
import { Modal } from '../../ui/modal.tsx';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { parseFieldEntry, type TextField as Field } from './field-entry.ts';

const fields = (): { field: Field; label: string; type?: string }[] => [
  { field: 'firstName', label: t('First name') },
  { field: 'lastName', label: t('Last name') },
  { field: 'company', label: t('Company') },
  { field: 'phone', label: t('Phone'), type: 'tel' },
  { field: 'email', label: t('Email') },
];

type NewContactDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; onCreated: (id: string) => void };

export function NewContactDialog({ open, onOpenChange, onCreated }: NewContactDialogProps) {
  return (
    <Modal title={t('New contact')} open={open} onOpenChange={onOpenChange}>
      <NewContactForm
        onCancel={() => onOpenChange(false)}
        onCreated={(id) => {
          onOpenChange(false);
          onCreated(id);
        }}
      />
    </Modal>
  );
}

function NewContactForm({ onCancel, onCreated }: { onCancel: () => void; onCreated: (id: string) => void }) {
  const send = useCommand();
  const country = useCountry();
  const [texts, setTexts] = useState<Partial<Record<Field, string>>>({});
  const [errors, setErrors] = useState<Partial<Record<Field | 'form', string>>>({});

  const create = async () => {
    const found: typeof errors = {};
    const input: Record<string, string | number> = {};
    for (const { field } of fields()) {
      const parsed = parseFieldEntry(field, texts[field] ?? '', country);
      if (!parsed.ok) found[field] = parsed.message;
      else if (parsed.value !== null) input[field] = parsed.value;
    }
    if (Object.keys(found).length === 0 && Object.keys(input).length === 0) {
      found.form = t('Write down at least a name, a phone number or an email address.');
    }
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const reply = await send({ name: 'contacts.create', input });
    if ('error' in reply) setErrors({ form: saidInWords(reply.error.message) });
    else if (reply.data.id) onCreated(reply.data.id);
  };

  return (
    <form
      className="grid gap-3"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <div className="grid grid-cols-2 gap-3">
        {fields().map(({ field, label, type = 'text' }, index) => (
          <div key={field} className={index < 2 ? '' : 'col-span-2'}>
            <TextField
              label={label}
              type={type}
              autoComplete="off"
              autoFocus={index === 0}
              value={texts[field] ?? ''}
              error={errors[field]}
              onChange={(event) => setTexts({ ...texts, [field]: event.target.value })}
            />
          </div>
        ))}
      </div>
      {errors.form && <FieldError message={errors.form} />}
      <div className="mt-1 flex justify-end gap-2">
        <Button onClick={onCancel}>{t('Cancel')}</Button>
        <Button look="primary" type="submit" shortcut="enter">
          {t('Create contact')}
        </Button>
      </div>
    </form>
  );
}
