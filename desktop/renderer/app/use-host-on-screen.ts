import { useEffect } from 'react';
import { useArrivals } from '../features/notifications/use-arrivals.ts';
import { useBridge } from '../lib/bridge-context.tsx';
import { showWaiting, useHost } from '../lib/host.ts';
import { useWaitingCount } from './sidebar.tsx';

/** What the world around the page sees of it, and what it asks of the page: badge, notifications, links. */
export function useHostOnScreen(): void {
  const bridge = useBridge();
  const host = useHost();
  const waiting = useWaitingCount();
  useEffect(() => {
    if (host) showWaiting(bridge, host, waiting);
  }, [bridge, host, waiting]);
  useArrivals();
}
