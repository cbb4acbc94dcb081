import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import {
  addPhoneNumber,
  labelPhoneNumber,
  removePhoneNumber,
} from '../../../../../shared/workspace/settings-operations.ts';
import type { WorkspaceItem } from '../../../../../shared/workspace/workspace-item.ts';
import { parsePhone } from '../../../lib/format/parse-phone.ts';
import { formatPhone } from '../../../lib/format/format-phone.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useCountry } from '../../../lib/use-identity.ts';
import { useOperation, useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { useReason, useRoleReason } from '../../../lib/operations/use-reasons.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { FieldError, TextField } from '../../../ui/field.tsx';
import { ReasonButton } from '../../../ui/controls/reason-button.tsx';
import { LineNote, RoleNote, SettingPage, SettingPart } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';
import { useSettingForm } from '../use-setting-form.ts';

/** The numbers texts come in by and go out from. */
export function NumbersSection() {
  const read = useQuery('phoneNumbers.list', {});
  return (
    <SettingPage
      title={t('Phone numbers')}
      lead={t('Texts to these numbers arrive in the inbox. Texts to contacts go out from them.')}
    >
      <RoleNote role={addPhoneNumber.role} />
      <LineNote />
      <SettingPart title={read.data ? t('{{count}} numbers', { count: read.data.length }) : t('Numbers')}>
        <Read of={read}>
          {(numbers) =>
            numbers.length === 0 ? (
              <p className="text-small text-ink-3">
                {t('No number yet, so no texts come in. Add one of your carrier account.')}
              </p>
            ) : (
              <ul className="set-card set-list">
                {numbers.map((number) => (
                  <NumberRow key={number.id} number={number} />
                ))}
              </ul>
            )
          }
        </Read>
      </SettingPart>
      <SettingPart title={t('Add a number')}>
        <AddNumber />
      </SettingPart>
    </SettingPage>
  );
}

function NumberRow({ number }: { number: WorkspaceItem<'phone_number'> }) {
  const run = useRunOperation();
  const country = useCountry();
  const denied = useRoleReason(labelPhoneNumber.role);
  const [label, setLabel] = useState(number.label ?? '');
  const [removing, setRemoving] = useState(false);
  const shown = formatPhone(number.e164, country);
  const save = () => {
    if (label.trim() !== (number.label ?? ''))
      void run(labelPhoneNumber, { id: number.id, label: label.trim() || null });
  };
  return (
    <li className="set-row">
      <span className="num med w-36">{shown}</span>
      <span className="field what">
        <input
          aria-label={t('Name of {{number}}', { number: shown })}
          placeholder={t('Name it')}
          value={label}
          maxLength={60}
          disabled={denied !== null}
          title={denied ?? undefined}
          onChange={(event) => setLabel(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
            if (event.key === 'Escape') setLabel(number.label ?? '');
          }}
        />
      </span>
      <IconButton
        icon={Trash2}
        label={denied ?? t('Remove {{number}}', { number: shown })}
        disabled={denied !== null}
        onClick={() => setRemoving(true)}
      />
      <Confirm
        open={removing}
        onOpenChange={setRemoving}
        title={t('Remove {{number}}?', { number: shown })}
        description={t('Conversations over it stay. Texts to it are not taken any more.')}
        confirmLabel={t('Remove')}
        onConfirm={() => void run(removePhoneNumber, { id: number.id })}
      />
    </li>
  );
}

const NOTHING = { number: '', label: '' };

function AddNumber() {
  const run = useOperation();
  const country = useCountry();
  const reason = useReason(addPhoneNumber.role, 'server');
  const [values, setValues] = useState(NOTHING);
  const form = useSettingForm(
    addPhoneNumber.input,
    (given: { e164: string; label: string | null }) => run(addPhoneNumber, given),
    () => setValues(NOTHING),
  );
  return (
    <form
      noValidate
      className="set-card set-form"
      aria-label={t('Add a number')}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason !== null) return;
        void form.send({ e164: parsePhone(values.number, country) ?? values.number, label: values.label || null });
      }}
    >
      <div className="row">
        <TextField
          label={t('Number')}
          type="tel"
          placeholder="+1 415 555 0142"
          value={values.number}
          error={form.errors['e164']}
          onChange={(event) => setValues({ ...values, number: event.target.value })}
        />
        <TextField
          label={t('Name, for your team')}
          value={values.label}
          maxLength={60}
          onChange={(event) => setValues({ ...values, label: event.target.value })}
        />
      </div>
      {form.errors['form'] && <FieldError message={form.errors['form']} />}
      <div className="set-foot">
        <ReasonButton reason={reason} type="submit" disabled={form.busy}>
          {t('Add the number')}
        </ReasonButton>
        <span role="status" className="text-small text-ink-3">
          {form.done && t('Added. Texts to it arrive from now on.')}
        </span>
      </div>
    </form>
  );
}
