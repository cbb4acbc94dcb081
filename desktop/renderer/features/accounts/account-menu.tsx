import { UserPlus, UserX } from 'lucide-react';
import { MenuChoice, MenuItem } from '../../ui/menu.tsx';
import { accountLabel, useAccounts } from './use-accounts.ts';

/** The accounts of this computer, to switch to, add and remove. */
export function AccountMenu({ onRemove }: { onRemove: () => void }) {
  const { accounts, switchTo, add } = useAccounts();
  return (
    <>
      {accounts.length > 1 && (
        <MenuChoice
          label="Accounts"
          value={accounts.find(({ current }) => current)?.id ?? ''}
          onChoose={(id) => void switchTo(id)}
          choices={accounts.map((account) => ({ value: account.id, label: accountLabel(account) }))}
        />
      )}
      <MenuItem icon={UserPlus} label="Add an account" onSelect={() => void add()} />
      <MenuItem icon={UserX} label="Remove this account" danger onSelect={onRemove} />
    </>
  );
}
