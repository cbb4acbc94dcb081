import { useState } from 'react';
import { CONSENT_FORMS, type CONSENT_PURPOSES } from '../../../../../../shared/contacts/consent-operations.ts';
import { saidInWords } from '../../../../lib/i18n/said-in-words.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useOnce } from '../../../../lib/operations/use-once.ts';
import { useCommand } from '../../../../lib/use-command.ts';
import { Button } from '../../../../ui/button.tsx';
import { AreaField, SelectField, TextField } from '../../../../ui/field.tsx';
import { WritingModal } from '../../../../ui/controls/writing-modal.tsx';

type Purpose = (typeof CONSENT_PURPOSES)[number];
type Form = (typeof CONSENT_FORMS)[number];

/** How it was given, in words. */
export const formWords = (): Record<string, string> => ({
  written: t('in writing'),
  spoken: t('spoken'),
  form: t('by a form'),
  text: t('by a text message'),
  import: t('by an import'),
  other: t('in another way'),
});

/** Null is for good, undefined no day. */
function endOf(day: string): number | null | undefined {
  if (day === '') return null;
  const at = new Date(`${day}T23:59:59`).getTime();
  return Number.isNaN(at) ? undefined : at;
}

type ConsentDialogProps = {
  contactId: string;
  /** Null: who opted out agrees again, and says to what. */
  purpose: Purpose | null;
  onClose: () => void;
};

/** Records that they agreed. Nothing recorded before is changed; the newest record holds. */
export function ConsentDialog({ contactId, purpose, onClose }: ConsentDialogProps) {
  const send = useCommand();
  const { busy, once } = useOnce();
  const again = purpose === null;
  const [what, setWhat] = useState<Purpose>(purpose ?? 'marketing');
  const [kind, setKind] = useState<Form>('form');
  const [source, setSource] = useState('');
  const [evidence, setEvidence] = useState('');
  const [day, setDay] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async () => {
    const expiresAt = endOf(day);
    if (expiresAt === undefined) return setProblem(t('This is no day of the calendar.'));
    if (again && source.trim() === '' && evidence.trim() === '')
      return setProblem(t('Say where the new consent comes from'));
    const consent = {
      purpose: what,
      kind,
      source: source.trim() || null,
      evidence: evidence.trim() || null,
      expiresAt,
    };
    const reply = await send(
      again
        ? { name: 'contacts.optIn', input: { id: contactId, consent } }
        : { name: 'consents.record', input: { contactId, ...consent } },
    );
    return 'error' in reply ? setProblem(saidInWords(reply.error.message)) : onClose();
  };
  return (
    <WritingModal
      open
      unsaved={source !== '' || evidence !== '' || day !== ''}
      onClose={onClose}
      title={again ? t('They agree again') : t('Record a consent')}
      description={
        again
          ? t(
              'They had said no. Write to them again only when they said yes since: what to, how, and where that is from is kept as proof.',
            )
          : t(
              'What they agreed to, how, and where that is from is kept as proof. What was recorded before stays in their past.',
            )
      }
    >
      <form
        className="grid gap-3"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void once(submit);
        }}
      >
        {again && (
          <SelectField
            label={t('They agree to')}
            value={what}
            onChange={({ target }) => setWhat(target.value as Purpose)}
          >
            <option value="marketing">{t('Marketing')}</option>
            <option value="automated">{t('Automated calls and texts')}</option>
          </SelectField>
        )}
        <SelectField
          label={t('How they said so')}
          value={kind}
          onChange={({ target }) => setKind(target.value as Form)}
        >
          {CONSENT_FORMS.map((form) => (
            <option key={form} value={form}>
              {formWords()[form]}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('Where that is from')}
          autoFocus
          maxLength={200}
          value={source}
          placeholder={t('A fair, a page, a call')}
          onChange={({ target }) => setSource(target.value)}
        />
        <AreaField
          label={t('What proves it')}
          maxLength={2_000}
          value={evidence}
          placeholder={t('The words they agreed to, a link to the recording')}
          onChange={({ target }) => setEvidence(target.value)}
        />
        <TextField
          label={t('Until; empty is for good')}
          type="date"
          value={day}
          error={problem ?? undefined}
          onChange={({ target }) => setDay(target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button look="primary" type="submit" disabled={busy}>
            {again ? t('Opt in again') : t('Record')}
          </Button>
        </div>
      </form>
    </WritingModal>
  );
}
