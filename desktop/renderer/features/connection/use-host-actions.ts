import { Bell, CircleFadingArrowUp, Power } from 'lucide-react';
import type { Method } from '../../../../shared/bridge/bridge-contract.ts';
import { useActions, type Action } from '../../lib/actions/actions.tsx';
import { useBridge } from '../../lib/bridge-context.tsx';
import { useHost } from '../../lib/host.ts';
import { showError } from '../../ui/toaster.tsx';

const section = 'This computer';

/** What can be asked of the host, where it can do it. */
export function useHostActions(): void {
  const bridge = useBridge();
  const host = useHost();
  const run = async (method: Method, args: object) => {
    const reply = await bridge.call(method, args as never);
    if ('error' in reply) showError(reply.error);
  };
  const actions: (Action & { offered: boolean | undefined })[] = [
    {
      id: 'host.update',
      label: 'Look for a new version',
      icon: CircleFadingArrowUp,
      section,
      offered: host?.can.update,
      run: () => void run('update.check', {}),
    },
    {
      id: 'host.login',
      label: host?.startAtLogin
        ? 'Do not start when I sign in to this computer'
        : 'Start when I sign in to this computer',
      icon: Power,
      section,
      offered: host?.can.startAtLogin,
      run: () => void run('host.setStartAtLogin', { on: !host?.startAtLogin }),
    },
    {
      id: 'host.notifications',
      label: 'Allow notifications',
      icon: Bell,
      section,
      offered: host?.can.notify === false && 'Notification' in window && Notification.permission === 'default',
      run: () => void Notification.requestPermission(),
    },
  ];
  useActions(actions.filter(({ offered }) => offered));
}
