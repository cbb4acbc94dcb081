import { UserPlus, UserX } from 'lucide-react';
import { t } from '../../lib/i18n/t.ts';
import { MenuChoice, MenuItem } from '../../ui/menu.tsx';
import { accountLabel, useAccounts } from './use-accounts.ts';

/** The accounts of this computer, to switch to, add and remove. */
export function AccountMenu({ onRemove }: { onRemove: () => void }) {
  const { accounts, switchTo, add } = useAccounts();
  return (
    <>
      {accounts.length > 1 && (
        <MenuChoice
          label={t('Accounts')}
          value={accounts.find(({ current }) => current)?.id ?? ''}
          onChoose={(id) => void switchTo(id)}
          choices={accounts.map((account) => ({ value: account.id, label: accountLabel(account) }))}
        />
      )}
      <MenuItem icon={UserPlus} label={t('Add an account')} onSelect={() => void add()} />
      <MenuItem icon={UserX} label={t('Remove this account')} danger onSelect={onRemove} />
    </>
  );
}
