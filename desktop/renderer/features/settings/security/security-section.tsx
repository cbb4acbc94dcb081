import { t } from '../../../lib/i18n/t.ts';
import { LineNote, SettingPage, SettingPart } from '../setting-parts.tsx';
import { ChangePassword } from './change-password.tsx';
import { DeviceList } from './device-list.tsx';
import { RequiredForAll } from './required-for-all.tsx';
import { SecondFactor } from './second-factor.tsx';

/** What keeps the account one's own. */
export function SecuritySection() {
  return (
    <SettingPage title={t('Security')}>
      <LineNote />
      <SettingPart title={t('Password')}>
        <ChangePassword />
      </SettingPart>
      <SettingPart title={t('Second factor')}>
        <SecondFactor />
      </SettingPart>
      <SettingPart title={t('For the whole team')}>
        <RequiredForAll />
      </SettingPart>
      <SettingPart title={t('Devices')}>
        <DeviceList whose="own" />
      </SettingPart>
    </SettingPage>
  );
}
