import { useBridge } from '../../lib/bridge-context.tsx';
import { t } from '../../lib/i18n/t.ts';
import { useQuery } from '../../lib/use-query.ts';
import { showError } from '../../ui/toaster.tsx';
import type { Account } from '../../../../shared/bridge/host-contract.ts';

/** What an account is called: its person and workspace, or what is known of it. */
export const accountLabel = ({ name, tenantName, serverUrl }: Account): string =>
  name
    ? [name, tenantName].filter(Boolean).join(', ')
    : serverUrl
      ? t('Not signed in, {{server}}', { server: serverUrl })
      : t('New account');

export function useAccounts() {
  const bridge = useBridge();
  const { data: accounts = [] } = useQuery('accounts.list', {});
  const switchTo = async (id: string) => {
    const reply = await bridge.call('accounts.switch', { id });
    if ('error' in reply) showError(reply.error);
  };
  const add = async (serverUrl: string | null = null) => {
    const reply = await bridge.call('accounts.add', { serverUrl });
    if ('error' in reply) showError(reply.error);
  };
  return { accounts, switchTo, add };
}
