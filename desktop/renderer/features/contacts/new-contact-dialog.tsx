import { useState } from 'react';
import { useCommand } from '../../lib/use-command.ts';
import { useCountry } from '../../lib/use-identity.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError, TextField } from '../../ui/field.tsx';
import { WritingModal } from '../../ui/controls/writing-modal.tsx';
import { useOnce } from '../../lib/operations/use-once.ts';
import { contactName } from '../../lib/contacts/contact-name.ts';
import { useQuery } from '../../lib/use-query.ts';
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

type Texts = Partial<Record<Field, string>>;

type NewContactDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (id: string) => void;
  /** Somebody who is there already was meant. */
  onOpenKnown: (id: string) => void;
};

export function NewContactDialog({ open, onOpenChange, onCreated, onOpenKnown }: NewContactDialogProps) {
  const [texts, setTexts] = useState<Texts>({});
  const close = () => {
    setTexts({});
    onOpenChange(false);
  };
  return (
    <WritingModal
      title={t('New contact')}
      open={open}
      unsaved={Object.values(texts).some((text) => text.trim() !== '')}
      onClose={close}
    >
      <NewContactForm
        texts={texts}
        onType={setTexts}
        onCancel={close}
        onCreated={(id) => {
          close();
          onCreated(id);
        }}
        onOpenKnown={(id) => {
          close();
          onOpenKnown(id);
        }}
      />
    </WritingModal>
  );
}

type FormProps = {
  texts: Texts;
  onType: (texts: Texts) => void;
  onCancel: () => void;
  onCreated: (id: string) => void;
  onOpenKnown: (id: string) => void;
};

function NewContactForm({ texts, onType: setTexts, onCancel, onCreated, onOpenKnown }: FormProps) {
  const send = useCommand();
  const country = useCountry();
  const { busy, once } = useOnce();
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
        void once(create);
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
      <KnownAlready texts={texts} country={country} onOpen={onOpenKnown} />
      {errors.form && <FieldError message={errors.form} />}
      <div className="mt-1 flex justify-end gap-2">
        <Button onClick={onCancel}>{t('Cancel')}</Button>
        <Button look="primary" type="submit" shortcut="enter" disabled={busy}>
          {t('Create contact')}
        </Button>
      </div>
    </form>
  );
}

/** Who has this phone number or email address already, found while it is typed. */
function KnownAlready({ texts, country, onOpen }: { texts: Texts; country: string; onOpen: (id: string) => void }) {
  const valueOf = (field: 'phone' | 'email') => {
    const parsed = parseFieldEntry(field, texts[field] ?? '', country);
    return parsed.ok && typeof parsed.value === 'string' ? parsed.value : null;
  };
  const [phone, email] = [valueOf('phone'), valueOf('email')];
  const { data: known = [] } = useQuery(
    'contacts.withAddress',
    { phone, email },
    { enabled: phone !== null || email !== null },
  );
  if (known.length === 0 || (phone === null && email === null)) return null;
  return (
    <div role="status" className="notice" data-tone="warning">
      {known.map((contact) => (
        <p key={contact.id} className="flex items-center gap-2">
          <span className="flex-1">
            {contact.phone === phone && phone !== null
              ? t('{{name}} has this phone number.', { name: contactName(contact) })
              : t('{{name}} has this email address.', { name: contactName(contact) })}
          </span>
          <Button size="sm" onClick={() => onOpen(contact.id)}>
            {t('Open')}
          </Button>
        </p>
      ))}
    </div>
  );
}
