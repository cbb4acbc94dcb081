import { useState } from 'react';
import { retention, updateWorkspace, type Retention } from '../../../../../shared/workspace/settings-operations.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOperation } from '../../../lib/operations/use-operation.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { useRoleReason } from '../../../lib/operations/use-reasons.ts';
import { Confirm } from '../../../ui/confirm.tsx';
import { FieldError, TextField } from '../../../ui/field.tsx';
import { ReasonButton } from '../../../ui/controls/reason-button.tsx';
import { Read } from '../setting-read.tsx';
import { useSettingForm } from '../use-setting-form.ts';

const FOREVER: Retention = { messageDays: null, auditDays: null, notificationDays: null };

/** Days on the server; an empty field is for ever. */
export function RetentionForm() {
  const read = useQuery('workspace.get', {});
  return (
    <Read of={read}>
      {(workspace) => workspace && <Form key={workspace.id} kept={workspace.retention ?? FOREVER} />}
    </Read>
  );
}

function Form({ kept }: { kept: Retention }) {
  const run = useOperation();
  const denied = useRoleReason(updateWorkspace.role);
  const [days, setDays] = useState(kept);
  const [asking, setAsking] = useState(false);
  const form = useSettingForm<Retention, unknown>(retention, (given) => run(updateWorkspace, { retention: given }));
  const field = (name: keyof Retention) => ({
    inputMode: 'numeric' as const,
    placeholder: t('for ever'),
    disabled: denied !== null,
    value: String(days[name] ?? ''),
    error: form.errors[name],
    onChange: (event: { target: { value: string } }) => {
      const digits = event.target.value.replaceAll(/\D/g, '');
      form.clear();
      setDays({ ...days, [name]: digits === '' ? null : Number(digits) });
    },
  });
  return (
    <>
      <form
        noValidate
        className="set-card set-form"
        aria-label={t('How long things are kept')}
        onSubmit={(event) => {
          event.preventDefault();
          if (denied !== null) return;
          const checked = retention.safeParse(days);
          if (checked.success && isShorter(checked.data, kept)) setAsking(true);
          else void form.send(days);
        }}
      >
        <div className="row">
          <TextField label={t('Messages, days (at least 30)')} {...field('messageDays')} />
          <TextField label={t('Activity, days (at least 365)')} {...field('auditDays')} />
          <TextField label={t('Notifications, days')} {...field('notificationDays')} />
          <TextField label={t('Visits of contacts, days')} {...field('visitDays')} />
        </div>
        <p className="text-small text-ink-3">
          {t('What is older is deleted on the server and on every computer. Proofs of consent are always kept.')}
        </p>
        {form.errors['form'] && <FieldError message={form.errors['form']} />}
        <div className="set-foot">
          <ReasonButton reason={denied} type="submit" disabled={form.busy}>
            {t('Save')}
          </ReasonButton>
          <span role="status" className="text-small text-ink-3">
            {form.done && t('Kept. The next cleaning goes by it.')}
          </span>
        </div>
      </form>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('Keep things for a shorter time?')}
        description={t('What is older is deleted on the server and on every computer. It cannot be brought back.')}
        confirmLabel={t('Delete what is older')}
        onConfirm={() => void form.send(days)}
      />
    </>
  );
}

const isShorter = (next: Retention, kept: Retention): boolean =>
  (Object.keys(next) as (keyof Retention)[]).some((name) => (next[name] ?? Infinity) < (kept[name] ?? Infinity));
