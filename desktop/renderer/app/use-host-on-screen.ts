import { useEffect, useRef } from 'react';
import { contactDisplayName } from '../../../shared/contacts/contact.ts';
import { useBridge } from '../lib/bridge-context.tsx';
import { notify, showWaiting, useHost, useHostEvents } from '../lib/host.ts';
import { useQuery } from '../lib/use-query.ts';
import { useWaitingCount } from './sidebar.tsx';

/** What the world around the page sees of it, and what it asks of the page: badge, notifications, links. */
export function useHostOnScreen(): void {
  const bridge = useBridge();
  const host = useHost();
  const waiting = useWaitingCount();
  useEffect(() => {
    if (host) showWaiting(bridge, host, waiting);
  }, [bridge, host, waiting]);
  useNewcomers();
  useHostEvents((event) => {
    if (event.kind === 'notification-clicked') location.hash = event.route;
  });
}

/** Somebody has begun to wait while nobody looks at the page. */
function useNewcomers(): void {
  const bridge = useBridge();
  const host = useHost();
  const { data } = useQuery('conversations.list', { filter: 'waiting', limit: 20 });
  const known = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (!data || !host) return;
    const before = known.current;
    known.current = new Set(data.rows.map(({ id, waitingSince }) => `${id} ${waitingSince}`));
    if (before === null || document.hasFocus()) return;
    for (const { id, contact, waitingSince, lastMessagePreview } of data.rows) {
      if (before.has(`${id} ${waitingSince}`)) continue;
      const title = contactDisplayName(contact);
      void notify(bridge, host, {
        id,
        title,
        body: lastMessagePreview ?? '',
        route: `#/contacts/${contact.id}`,
        silent: false,
      });
    }
  }, [bridge, host, data]);
}
