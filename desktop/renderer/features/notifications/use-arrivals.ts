import { useEffect, useRef } from 'react';
import { setNotificationStatus } from '../../../../shared/notifications/notification-operations.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { notify, useHost, useHostEvents } from '../../lib/host.ts';
import { placeOf, sayNotification } from '../../lib/notifications/notification-words.ts';
import { mayBanner } from '../../lib/notifications/quiet-times.ts';
import { useOperation } from '../../lib/operations/use-operation.ts';
import { useQuery } from '../../lib/use-query.ts';

const RECENT = 20;

/** A banner for each unread notification that arrives while nobody looks at the page, as far as its reader wants one. */
export function useArrivals(): void {
  const bridge = useBridge();
  const host = useHost();
  const run = useOperation();
  const { data } = useQuery('notifications.list', { status: 'unread', limit: RECENT });
  const { data: preferences } = useQuery('notifications.preferences', {});
  const { data: members } = useQuery('members.list', {});
  const known = useRef<Map<string, number> | null>(null);
  useEffect(() => {
    if (!data || !host || !preferences || !members) return;
    const before = known.current;
    known.current = new Map(data.rows.map(({ id, count }) => [id, count]));
    if (before === null || document.hasFocus()) return;
    const nameOf = (userId: string) => members.find(({ id }) => id === userId)?.name ?? null;
    for (const row of data.rows) {
      if (before.get(row.id) === row.count || !mayBanner(row, preferences, Date.now())) continue;
      const said = sayNotification(row, nameOf);
      void notify(bridge, host, { id: row.id, ...said, route: `#${placeOf(row)}`, silent: !preferences.sound });
    }
  }, [bridge, host, data, preferences, members]);
  useHostEvents((event) => {
    if (event.kind !== 'notification-clicked') return;
    location.hash = event.route;
    if (known.current?.has(event.id)) void run(setNotificationStatus, { ids: [event.id], status: 'READ' });
  });
}
