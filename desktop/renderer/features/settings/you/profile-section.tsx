import type { WorkspaceItem } from '../../../../../shared/workspace/workspace-item.ts';
import { updateProfile } from '../../../../../shared/people/member-operations.ts';
import { useBridge } from '../../../lib/bridge-context.tsx';
import { useHost } from '../../../lib/host.ts';
import { LANGUAGE_NAMES } from '../../../lib/i18n/language.ts';
import { t } from '../../../lib/i18n/t.ts';
import { setPreferences, usePreferences } from '../../../lib/preferences.ts';
import { timeZones } from '../../../lib/format/time-zones.ts';
import { useIdentity } from '../../../lib/use-identity.ts';
import { useOperation } from '../../../lib/operations/use-operation.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { Button } from '../../../ui/button.tsx';
import { AreaField, FieldError, SelectField, TextField } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Switch } from '../../../ui/controls/switch.tsx';
import { showError } from '../../../ui/toaster.tsx';
import { SettingPage, SettingPart, SettingRow } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';
import { useEdits } from '../use-edits.ts';
import { useSettingForm } from '../use-setting-form.ts';

/** Who one is to the others, and how this window looks. */
export function ProfileSection() {
  const read = useQuery('profile.get', {});
  const identity = useIdentity();
  if (!identity) return null;
  return (
    <SettingPage
      title={t('Profile')}
      lead={t('Your colleagues see your name; contacts see it where a channel shows it.')}
    >
      <Read of={read} rows={4}>
        {(profile) => profile && <ProfileForm key={profile.id} profile={profile} />}
      </Read>
      <SettingPart title={t('This computer')}>
        <ThisComputer />
      </SettingPart>
    </SettingPage>
  );
}

function ProfileForm({ profile }: { profile: WorkspaceItem<'member'> }) {
  const run = useOperation();
  const { values, unsent, change, saved } = useEdits({
    name: profile.name,
    signature: profile.signature ?? '',
    timezone: profile.timezone ?? '',
    language: profile.language ?? '',
  });
  const form = useSettingForm<object, unknown>(updateProfile.input, (given) => run(updateProfile, given), saved);
  const set = (next: Partial<typeof values>) => {
    form.clear();
    change(next);
  };
  /** A name may not be empty; the others then are as the workspace has them. */
  const toInput = () =>
    Object.fromEntries(Object.entries(unsent).map(([name, value]) => [name, name === 'name' ? value : value || null]));
  return (
    <form
      noValidate
      className="set-card set-form"
      aria-label={t('Profile')}
      onSubmit={(event) => {
        event.preventDefault();
        void form.send(toInput());
      }}
    >
      <div className="row">
        <TextField
          label={t('Your name')}
          autoComplete="name"
          value={values.name}
          error={form.errors['name']}
          onChange={(event) => set({ name: event.target.value })}
        />
        <TextField label={t('Work email')} value={profile.email} readOnly />
      </div>
      <AreaField
        label={t('Signature')}
        value={values.signature}
        maxLength={2_000}
        error={form.errors['signature']}
        onChange={(event) => set({ signature: event.target.value })}
      />
      <div className="row">
        <SelectField
          label={t('Time zone')}
          value={values.timezone}
          onChange={(event) => set({ timezone: event.target.value })}
        >
          <option value="">{t('As the workspace')}</option>
          {timeZones(values.timezone).map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('Language of mails to you')}
          value={values.language}
          onChange={(event) => set({ language: event.target.value })}
        >
          <option value="">{t('As the workspace')}</option>
          {LANGUAGE_NAMES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
      </div>
      {form.errors['form'] && <FieldError message={form.errors['form']} />}
      <div className="set-foot">
        <Button look="primary" type="submit" disabled={form.busy}>
          {t('Save')}
        </Button>
        <span role="status" className="text-small text-ink-3">
          {form.done && t('Saved on this computer, and sent as soon as the line is there.')}
        </span>
      </div>
    </form>
  );
}

function ThisComputer() {
  const { theme, density, language } = usePreferences();
  const bridge = useBridge();
  const host = useHost();
  const startAtLogin = async (on: boolean) => {
    const reply = await bridge.call('host.setStartAtLogin', { on });
    if ('error' in reply) showError(reply.error);
  };
  return (
    <div className="set-card">
      <SettingRow
        title={t('Theme')}
        acts={
          <Segmented
            label={t('Theme')}
            value={theme}
            onChoose={(next) => setPreferences({ theme: next })}
            segments={[
              { value: 'system', label: t('As the system') },
              { value: 'light', label: t('Light') },
              { value: 'dark', label: t('Dark') },
            ]}
          />
        }
      />
      <SettingRow
        title={t('Rows')}
        acts={
          <Segmented
            label={t('Rows')}
            value={density}
            onChoose={(next) => setPreferences({ density: next })}
            segments={[
              { value: 'compact', label: t('Compact') },
              { value: 'regular', label: t('Regular') },
              { value: 'relaxed', label: t('Relaxed') },
            ]}
          />
        }
      />
      <SettingRow
        title={t('Language')}
        acts={
          <Segmented
            label={t('Language')}
            value={language}
            onChoose={(next) => setPreferences({ language: next })}
            segments={[{ value: 'system', label: t('As the system') }, ...LANGUAGE_NAMES]}
          />
        }
      />
      {host && (
        <div className="border-t border-line-hairline">
          <Switch
            label={t('Start when I sign in to this computer')}
            checked={host.startAtLogin}
            disabled={!host.can.startAtLogin}
            hint={host.can.startAtLogin ? null : t('Only the installed app can do this.')}
            onChange={(on) => void startAtLogin(on)}
          />
        </div>
      )}
    </div>
  );
}
