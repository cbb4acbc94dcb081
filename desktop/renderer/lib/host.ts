import { useEffect, useRef } from 'react';
import type { Bridge } from '../../../shared/bridge/bridge-contract.ts';
import type { HostActs, HostEvent, HostFacts } from '../../../shared/bridge/host-contract.ts';
import { useBridge } from './bridge-context.tsx';
import { useQuery } from './use-query.ts';

type NotificationArgs = HostActs['host.notify']['args'];

/** What the host around the page is; undefined for the moment until it has said so. */
export const useHost = (): HostFacts | undefined => useQuery('host.get', {}).data;

/** Hears the host while the caller is on screen. */
export function useHostEvents(hear: (event: HostEvent) => void): void {
  const bridge = useBridge();
  const latest = useRef(hear);
  useEffect(() => {
    latest.current = hear;
  });
  useEffect(() => bridge.subscribe('host', (event) => latest.current(event)), [bridge]);
}

/** Tells the person outside of the page. In a browser with its own notifications, once they were allowed there. */
export async function notify(bridge: Bridge, host: HostFacts, notification: NotificationArgs): Promise<void> {
  if (host.can.notify) {
    await bridge.call('host.notify', notification);
    return;
  }
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const { id, title, body, route, silent } = notification;
  const shown = new Notification(title, { body, tag: id, silent });
  shown.addEventListener('click', () => {
    window.focus();
    location.hash = route;
    shown.close();
  });
}

const TITLE = 'Switchboard';

/** How many people wait, where it is seen without the page: on the dock, or in the tab's title. */
export function showWaiting(bridge: Bridge, host: HostFacts, count: number): void {
  document.title = count > 0 ? `(${count}) ${TITLE}` : TITLE;
  if (host.can.badge) void bridge.call('host.setBadge', { count });
  else if ('setAppBadge' in navigator) void navigator.setAppBadge(count).catch(() => {});
}

/** Text that stands in a field of the page and was not sent. */
export const hasUnsentText = (): boolean =>
  [...document.querySelectorAll('textarea')].some(({ value }) => value.trim() !== '');

/** Whether the page itself may show banners, in a browser. */
export const mayNotify = (): boolean => 'Notification' in window && Notification.permission === 'granted';

/** Asks the person, as browsers want it: after a press of a button. */
export async function askToNotify(): Promise<boolean> {
  return 'Notification' in window && (await Notification.requestPermission()) === 'granted';
}
