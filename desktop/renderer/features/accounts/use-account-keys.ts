import { UserRound } from 'lucide-react';
import { useActions } from '../../lib/actions/actions.tsx';
import { t } from '../../lib/i18n/t.ts';
import { accountLabel, useAccounts } from './use-accounts.ts';

/** ⌃1 to ⌃9: the accounts in their order. */
export function useAccountKeys(): void {
  const { accounts, switchTo } = useAccounts();
  useActions(
    accounts.length < 2
      ? []
      : accounts.slice(0, 9).map((account, place) => ({
          id: `account.${account.id}`,
          label: accountLabel(account),
          icon: UserRound,
          section: t('Accounts'),
          shortcuts: [`ctrl+${place + 1}`],
          when: () => !account.current,
          run: () => void switchTo(account.id),
        })),
  );
}
