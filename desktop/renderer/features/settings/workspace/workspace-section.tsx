import { useState } from 'react';
import { updateWorkspace } from '../../../../../shared/workspace/settings-operations.ts';
import type { BusinessHours } from '../../../../../shared/workspace/locale.ts';
import type { WorkspaceItem } from '../../../../../shared/workspace/workspace-item.ts';
import { countries } from '../../../lib/format/countries.ts';
import { currencies } from '../../../lib/format/currencies.ts';
import { timeZones } from '../../../lib/format/time-zones.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOperation } from '../../../lib/operations/use-operation.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { useRoleReason } from '../../../lib/operations/use-reasons.ts';
import { FieldError, SelectField, TextField } from '../../../ui/field.tsx';
import { ReasonButton } from '../../../ui/controls/reason-button.tsx';
import { RoleNote, SettingPage, SettingPart } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';
import { useEdits } from '../use-edits.ts';
import { useSettingForm } from '../use-setting-form.ts';
import { HoursEditor } from './hours-editor.tsx';

type Workspace = WorkspaceItem<'tenant'>;

const MAY_BE_EMPTY = new Set(['senderName', 'brandColor']);
const CLOSED: BusinessHours = [[], [], [], [], [], [], []];

/** What everybody in the workspace shares. */
export function WorkspaceSection() {
  const read = useQuery('workspace.get', {});
  return (
    <SettingPage title={t('General')} lead={t('What everybody in the workspace shares.')}>
      <RoleNote role={updateWorkspace.role} />
      <Read of={read} rows={6}>
        {(workspace) => workspace && <WorkspaceForms key={workspace.id} workspace={workspace} />}
      </Read>
    </SettingPage>
  );
}

function WorkspaceForms({ workspace }: { workspace: Workspace }) {
  return (
    <>
      <SettingPart title={t('The workspace')}>
        <GeneralForm workspace={workspace} />
      </SettingPart>
      <SettingPart title={t('Business hours')}>
        <HoursForm workspace={workspace} />
      </SettingPart>
    </>
  );
}

function useSave() {
  const run = useOperation();
  return (values: Parameters<typeof updateWorkspace.input.parse>[0]) => run(updateWorkspace, values as object);
}

function GeneralForm({ workspace }: { workspace: Workspace }) {
  const denied = useRoleReason(updateWorkspace.role);
  const save = useSave();
  const { values, unsent, change, saved } = useEdits({
    name: workspace.name,
    country: workspace.country,
    timezone: workspace.timezone ?? 'UTC',
    currency: workspace.currency ?? 'USD',
    senderName: workspace.senderName ?? '',
    brandColor: workspace.brandColor ?? '',
  });
  const form = useSettingForm<object, unknown>(updateWorkspace.input, save, saved);
  const toInput = () =>
    Object.fromEntries(
      Object.entries(unsent).map(([name, value]) => [name, MAY_BE_EMPTY.has(name) ? value || null : value]),
    );
  const field = (name: keyof typeof values) => ({
    value: values[name],
    disabled: denied !== null,
    error: form.errors[name],
    onChange: (event: { target: { value: string } }) => {
      form.clear();
      change({ [name]: event.target.value });
    },
  });
  const select = (name: keyof typeof values) => {
    const { error: _none, ...rest } = field(name);
    return rest;
  };
  return (
    <form
      noValidate
      className="set-card set-form"
      aria-label={t('The workspace')}
      onSubmit={(event) => {
        event.preventDefault();
        if (denied === null) void form.send(toInput());
      }}
    >
      <div className="row">
        <TextField label={t('Name of the workspace')} {...field('name')} />
        <TextField label={t('Sender name, where a channel shows one')} {...field('senderName')} />
      </div>
      <div className="row">
        <SelectField label={t('Country')} {...select('country')}>
          {countries().map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField label={t('Time zone')} {...select('timezone')}>
          {timeZones(values.timezone).map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </SelectField>
      </div>
      <div className="row">
        <SelectField label={t('Currency')} {...select('currency')}>
          {currencies().map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('Brand colour of public pages')}
          placeholder="#0e6963"
          {...field('brandColor')}
          after={
            <input
              type="color"
              className="swatch"
              aria-label={t('Choose the brand colour')}
              disabled={denied !== null}
              value={/^#[0-9a-f]{6}$/iu.test(values.brandColor) ? values.brandColor : '#0e6963'}
              onChange={field('brandColor').onChange}
            />
          }
        />
      </div>
      <SaveFoot form={form} reason={denied} />
    </form>
  );
}

function HoursForm({ workspace }: { workspace: Workspace }) {
  const denied = useRoleReason(updateWorkspace.role);
  const save = useSave();
  const [hours, setHours] = useState<BusinessHours>(workspace.businessHours ?? CLOSED);
  const form = useSettingForm<{ businessHours: BusinessHours }, unknown>(updateWorkspace.input, save);
  return (
    <form
      noValidate
      className="set-card set-form"
      aria-label={t('Business hours')}
      onSubmit={(event) => {
        event.preventDefault();
        if (denied === null) void form.send({ businessHours: hours });
      }}
    >
      <p className="text-small text-ink-3">{t('In the time zone of the workspace. A day without hours is closed.')}</p>
      <HoursEditor
        hours={hours}
        disabled={denied !== null}
        onChange={(next) => {
          form.clear();
          setHours(next);
        }}
      />
      {form.errors['businessHours'] && <FieldError message={form.errors['businessHours']} />}
      <SaveFoot form={form} reason={denied} />
    </form>
  );
}

type Saved = { busy: boolean; done: boolean; errors: Record<string, string> };

const SaveFoot = ({ form, reason }: { form: Saved; reason: string | null }) => (
  <>
    {form.errors['form'] && <FieldError message={form.errors['form']} />}
    <div className="set-foot">
      <ReasonButton reason={reason} look="primary" type="submit" disabled={form.busy}>
        {t('Save')}
      </ReasonButton>
      <span role="status" className="text-small text-ink-3">
        {form.done && t('Kept. Everybody sees it once the server has it.')}
      </span>
    </div>
  </>
);
