import { useId, useState } from 'react';
import { NOTIFICATION_KINDS, type NotificationKind } from '../../../../../shared/notifications/notification.ts';
import type { NotificationPreferences } from '../../../../../shared/notifications/notification-preferences.ts';
import { setNotificationPreferences } from '../../../../../shared/notifications/notification-operations.ts';
import { askToNotify, mayNotify, useHost } from '../../../lib/host.ts';
import { t } from '../../../lib/i18n/t.ts';
import { kindWord } from '../../../lib/notifications/notification-words.ts';
import { useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { weekdays } from '../../../lib/format/weekdays.ts';
import { Button } from '../../../ui/button.tsx';
import { Switch } from '../../../ui/controls/switch.tsx';
import { TimeField } from '../../../ui/controls/time-field.tsx';
import { SettingPage, SettingPart } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';

const ON = { inApp: true, desktop: true };
const NIGHT = { from: 20 * 60, to: 8 * 60, days: [0, 1, 2, 3, 4, 5, 6] };

/** What one is told of, where, and when not. Every switch acts at once and is kept offline. */
export function NotificationsSection() {
  const read = useQuery('notifications.preferences', {});
  return (
    <SettingPage
      title={t('Notifications')}
      lead={t('The bell keeps everything you choose here. Banners reach you outside the window.')}
    >
      <BrowserPermission />
      <Read of={read} rows={8}>
        {(preferences) => <Choices preferences={preferences} />}
      </Read>
    </SettingPage>
  );
}

function Choices({ preferences }: { preferences: NotificationPreferences }) {
  const run = useRunOperation();
  const save = (change: Partial<NotificationPreferences>) =>
    void run(setNotificationPreferences, { ...preferences, ...change });
  return (
    <>
      <SettingPart title={t('What you are told of')}>
        <Kinds preferences={preferences} onSave={save} />
      </SettingPart>
      <SettingPart title={t('Quiet times')}>
        <Quiet quiet={preferences.quiet} onSave={(quiet) => save({ quiet })} />
      </SettingPart>
      <SettingPart title={t('Sound')}>
        <div className="set-card">
          <Switch
            label={t('A sound with every banner')}
            checked={preferences.sound}
            onChange={(sound) => save({ sound })}
          />
        </div>
      </SettingPart>
    </>
  );
}

type PartProps = { preferences: NotificationPreferences; onSave: (change: Partial<NotificationPreferences>) => void };

function Kinds({ preferences, onSave }: PartProps) {
  const set = (kind: NotificationKind, change: Partial<typeof ON>) =>
    onSave({ kinds: { ...preferences.kinds, [kind]: { ...ON, ...preferences.kinds[kind], ...change } } });
  return (
    <div className="set-card overflow-x-auto">
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col">{t('Kind')}</th>
            <th scope="col">{t('In the bell')}</th>
            <th scope="col">{t('As a banner')}</th>
          </tr>
        </thead>
        <tbody>
          {NOTIFICATION_KINDS.map((kind) => {
            const fixed = kind === 'SECURITY';
            const { inApp, desktop } = fixed ? ON : { ...ON, ...preferences.kinds[kind] };
            const word = kindWord(kind);
            const hint = fixed ? t('What touches your account’s safety is always told.') : null;
            return (
              <tr key={kind}>
                <th scope="row">{word}</th>
                <td>
                  <Switch
                    bare
                    label={t('{{kind}}: in the bell', { kind: word })}
                    checked={inApp}
                    disabled={fixed}
                    hint={hint}
                    onChange={(on) => set(kind, { inApp: on, ...(on ? {} : { desktop: false }) })}
                  />
                </td>
                <td>
                  <Switch
                    bare
                    label={t('{{kind}}: as a banner', { kind: word })}
                    checked={inApp && desktop}
                    disabled={fixed || !inApp}
                    hint={hint ?? (inApp ? null : t('Only what the bell keeps can have a banner.'))}
                    onChange={(on) => set(kind, { desktop: on })}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

type QuietTimes = NotificationPreferences['quiet'];

function Quiet({ quiet, onSave }: { quiet: QuietTimes; onSave: (quiet: QuietTimes) => void }) {
  const id = useId();
  const toggle = (day: number) => {
    if (!quiet) return;
    const days = quiet.days.includes(day)
      ? quiet.days.filter((one) => one !== day)
      : [...quiet.days, day].toSorted((a, b) => a - b);
    onSave({ ...quiet, days });
  };
  return (
    <div className="set-card">
      <Switch
        label={t('No banners at quiet times')}
        hint={t('The bell still fills, so that nothing is missed in the morning.')}
        checked={quiet !== null}
        onChange={(on) => onSave(on ? NIGHT : null)}
      />
      {quiet && (
        <div className="set-form border-t border-line-hairline">
          <div className="flex flex-wrap items-center gap-2">
            <TimeField label={t('From')} minutes={quiet.from} onChange={(from) => onSave({ ...quiet, from })} />
            <TimeField label={t('To')} minutes={quiet.to} onChange={(to) => onSave({ ...quiet, to })} />
            {quiet.from > quiet.to && <span className="text-small text-ink-3">{t('over midnight')}</span>}
          </div>
          <div role="group" aria-labelledby={id} className="flex flex-wrap items-center gap-1.5">
            <span id={id} className="text-small text-ink-2">
              {t('On these days')}
            </span>
            {weekdays('short').map(({ day, word }) => (
              <button
                key={day}
                type="button"
                className="chip"
                aria-pressed={quiet.days.includes(day)}
                onClick={() => toggle(day)}
              >
                {word}
              </button>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}

/** A browser shows banners only after it was asked. */
function BrowserPermission() {
  const host = useHost();
  const [allowed, setAllowed] = useState(mayNotify);
  if (!host || host.can.notify || allowed) return null;
  return (
    <div className="set-reason">
      <span className="flex-1">{t('Your browser does not let Switchboard show banners yet.')}</span>
      <Button size="sm" onClick={() => void askToNotify().then(setAllowed)}>
        {t('Allow banners')}
      </Button>
    </div>
  );
}
