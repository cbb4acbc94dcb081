import { useNavigate } from '@tanstack/react-router';
import { Activity, BookOpen, ChevronsUpDown, Keyboard, LogOut } from 'lucide-react';
import { AccountMenu } from '../features/accounts/account-menu.tsx';
import { setPreferences, usePreferences, useRail } from '../lib/preferences.ts';
import { useIdentity } from '../lib/use-identity.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Menu, MenuChoice, MenuItem, MenuRule } from '../ui/menu.tsx';
import { LANGUAGE_NAMES, TEST_LANGUAGES, type LanguageChoice } from '../lib/i18n/language.ts';
import { t } from '../lib/i18n/t.ts';
import type { ShellLayer } from './shell.tsx';

export function UserMenu({ onLayer }: { onLayer: (layer: ShellLayer) => void }) {
  const identity = useIdentity();
  const rail = useRail();
  const navigate = useNavigate();
  if (!identity) return null;
  return (
    <Menu
      trigger={
        <button type="button" className="nav-item !h-10 text-ink-1" aria-label={rail ? identity.name : undefined}>
          <Avatar name={identity.name} size="m" teammate />
          <span className="wide-only min-w-0 flex-1 leading-4">
            <span className="trunc med block">{identity.name}</span>
            <span className="trunc block text-small font-normal text-ink-3">{identity.tenantName}</span>
          </span>
          <ChevronsUpDown size={14} aria-hidden="true" className="wide-only" />
        </button>
      }
    >
      <AccountMenu onRemove={() => onLayer('remove-account')} />
      <MenuRule />
      <ThemeChoices />
      <MenuRule />
      <DensityChoices />
      <MenuRule />
      <LanguageChoices />
      <MenuRule />
      <MenuItem
        icon={Activity}
        label={t('Sync and data')}
        shortcut="g s"
        onSelect={() => void navigate({ to: '/sync' })}
      />
      <MenuItem icon={BookOpen} label={t('Help')} shortcut="g ?" onSelect={() => void navigate({ to: '/help' })} />
      <MenuItem icon={Keyboard} label={t('Keys')} shortcut="?" onSelect={() => onLayer('keys')} />
      <MenuRule />
      <MenuItem icon={LogOut} label={t('Sign out')} onSelect={() => onLayer('sign-out')} />
    </Menu>
  );
}

export function ThemeChoices() {
  const { theme } = usePreferences();
  return (
    <MenuChoice
      label={t('Theme')}
      value={theme}
      onChoose={(next) => setPreferences({ theme: next })}
      choices={[
        { value: 'system', label: t('As the system') },
        { value: 'light', label: t('Light') },
        { value: 'dark', label: t('Dark') },
      ]}
    />
  );
}

function DensityChoices() {
  const { density } = usePreferences();
  return (
    <MenuChoice
      label={t('Rows')}
      value={density}
      onChoose={(next) => setPreferences({ density: next })}
      choices={[
        { value: 'compact', label: t('Compact') },
        { value: 'regular', label: t('Regular') },
        { value: 'relaxed', label: t('Relaxed') },
      ]}
    />
  );
}

/** Languages by their own names. The two made for finding faults are offered only while developing. */
export function LanguageChoices() {
  const { language } = usePreferences();
  const offered = import.meta.env.DEV ? [...LANGUAGE_NAMES, ...TEST_LANGUAGES] : LANGUAGE_NAMES;
  return (
    <MenuChoice<LanguageChoice>
      label={t('Language')}
      value={language}
      onChoose={(next) => setPreferences({ language: next })}
      choices={[{ value: 'system', label: t('As the system') }, ...offered]}
    />
  );
}
