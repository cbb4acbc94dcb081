import { useEffect, useRef } from 'react';
import { setNotificationStatus } from '../../../../shared/notifications/notification-operations.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { notify, useHost, useHostEvents } from '../../lib/host.ts';
import { t } from '../../lib/i18n/t.ts';
import { placeOf, sayNotification } from '../../lib/notifications/notification-words.ts';
import { mayBanner } from '../../lib/notifications/quiet-times.ts';
import { useOperation } from '../../lib/operations/use-operation.ts';
import { useQuery } from '../../lib/use-query.ts';

const RECENT = 20;
/** More than these at once, after days without a line, are told in one banner. */
const AT_ONCE = 4;

/** A banner for each unread notification that arrives while nobody looks at the page, as far as its reader wants one. */
export function useArrivals(): void {
  const bridge = useBridge();
  const host = useHost();
  const run = useOperation();
  const { data } = useQuery('notifications.list', { status: 'unread', limit: RECENT });
  const { data: preferences } = useQuery('notifications.preferences', {});
  const { data: members } = useQuery('members.list', {});
  const { data: sync } = useQuery('sync.get', {});
  /** What comes with the first copy is not news. */
  const isFilling = sync === undefined || sync.firstSync !== null;
  const known = useRef<Map<string, number> | null>(null);
  useEffect(() => {
    if (!data || !host || !preferences || !members) return;
    const before = known.current;
    known.current = new Map(data.rows.map(({ id, count }) => [id, count]));
    if (before === null || isFilling || document.hasFocus()) return;
    const arrived = data.rows.filter(
      (row) => before.get(row.id) !== row.count && mayBanner(row, preferences, Date.now()),
    );
    const silent = !preferences.sound;
    const nameOf = (userId: string) => members.find(({ id }) => id === userId)?.name ?? null;
    if (arrived.length > AT_ONCE) {
      const title = t('{{count}} new notifications', { count: arrived.length });
      void notify(bridge, host, { id: 'several', title, body: '', route: '#/notifications', silent });
      return;
    }
    for (const row of arrived)
      void notify(bridge, host, { id: row.id, ...sayNotification(row, nameOf), route: `#${placeOf(row)}`, silent });
  }, [bridge, host, data, preferences, members, isFilling]);
  useHostEvents((event) => {
    if (event.kind !== 'notification-clicked') return;
    location.hash = event.route;
    if (known.current?.has(event.id)) void run(setNotificationStatus, { ids: [event.id], status: 'READ' });
  });
}
