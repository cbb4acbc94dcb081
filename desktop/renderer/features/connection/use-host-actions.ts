import { Bell, CircleFadingArrowUp, Power } from 'lucide-react';
import type { Method } from '../../../../shared/bridge/bridge-contract.ts';
import { useActions, type Action } from '../../lib/actions/actions.tsx';
import { useBridge } from '../../lib/bridge-context.tsx';
import { t } from '../../lib/i18n/t.ts';
import { useHost } from '../../lib/host.ts';
import { showError } from '../../ui/toaster.tsx';

/** What can be asked of the host, where it can do it. */
export function useHostActions(): void {
  const bridge = useBridge();
  const host = useHost();
  const section = t('This computer');
  const run = async (method: Method, args: object) => {
    const reply = await bridge.call(method, args as never);
    if ('error' in reply) showError(reply.error);
  };
  const actions: (Action & { offered: boolean | undefined })[] = [
    {
      id: 'host.update',
      label: t('Look for a new version'),
      icon: CircleFadingArrowUp,
      section,
      offered: host?.can.update,
      run: () => void run('update.check', {}),
    },
    {
      id: 'host.login',
      label: host?.startAtLogin
        ? t('Do not start when I sign in to this computer')
        : t('Start when I sign in to this computer'),
      icon: Power,
      section,
      offered: host?.can.startAtLogin,
      run: () => void run('host.setStartAtLogin', { on: !host?.startAtLogin }),
    },
    {
      id: 'host.notifications',
      label: t('Allow notifications'),
      icon: Bell,
      section,
      offered: host?.can.notify === false && 'Notification' in window && Notification.permission === 'default',
      run: () => void Notification.requestPermission(),
    },
  ];
  useActions(actions.filter(({ offered }) => offered));
}
