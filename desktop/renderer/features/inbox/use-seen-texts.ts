import { useEffect, useState } from 'react';
import { setNotificationStatus } from '../../../../shared/notifications/notification-operations.ts';
import { useOperation } from '../../lib/operations/use-operation.ts';
import { useQuery } from '../../lib/use-query.ts';

/** A conversation that is open before somebody's eyes has been read: so are the notifications of it. */
export function useSeenTexts(conversationId: string): void {
  const run = useOperation();
  const looks = useLooks();
  const { data } = useQuery('notifications.list', { status: 'unread', kinds: ['SMS_REPLY'], limit: 200 });
  useEffect(() => {
    if (!looks) return;
    const ids = (data?.rows ?? []).filter((row) => row.conversationId === conversationId).map(({ id }) => id);
    if (ids.length > 0) void run(setNotificationStatus, { ids, status: 'READ' });
  }, [run, looks, data, conversationId]);
}

/** Whether the window has the focus. */
function useLooks(): boolean {
  const [looks, setLooks] = useState(() => document.hasFocus());
  useEffect(() => {
    const look = () => setLooks(document.hasFocus());
    window.addEventListener('focus', look);
    window.addEventListener('blur', look);
    return () => {
      window.removeEventListener('focus', look);
      window.removeEventListener('blur', look);
    };
  }, []);
  return looks;
}
