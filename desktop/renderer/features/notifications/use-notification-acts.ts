import { useNavigate } from '@tanstack/react-router';
import type { NotificationRow } from '../../../../shared/bridge/team-contract.ts';
import type { NotificationStatus } from '../../../../shared/notifications/notification.ts';
import { setNotificationStatus } from '../../../../shared/notifications/notification-operations.ts';
import { useOfferUndo } from '../../lib/actions/undo.tsx';
import { t } from '../../lib/i18n/t.ts';
import { placeOf } from '../../lib/notifications/notification-words.ts';
import { useRunOperation } from '../../lib/operations/use-operation.ts';

const AT_ONCE = 5_000;

/** Read, unread, away, and back again. */
export function useNotificationActs() {
  const run = useRunOperation();
  const offerUndo = useOfferUndo();
  const navigate = useNavigate();
  const set = async (ids: readonly string[], status: NotificationStatus) => {
    for (let from = 0; from < ids.length; from += AT_ONCE)
      if (!(await run(setNotificationStatus, { ids: ids.slice(from, from + AT_ONCE), status }))) return false;
    return true;
  };
  return {
    set,
    archive: async (row: NotificationRow) => {
      if (await set([row.id], 'ARCHIVED'))
        offerUndo({ label: t('Archived'), undo: () => void set([row.id], row.status) });
    },
    /** All of them at once, and each back to what it was. */
    setAll: async (ids: readonly string[], status: NotificationStatus, wasUnread: ReadonlySet<string>) => {
      if (ids.length === 0 || !(await set(ids, status))) return;
      const unread = ids.filter((id) => wasUnread.has(id));
      const read = ids.filter((id) => !wasUnread.has(id));
      const back = async () => {
        await set(unread, 'UNREAD');
        await set(read, 'READ');
      };
      const label =
        status === 'ARCHIVED'
          ? t('Cleared {{count}} notifications', { count: ids.length })
          : t('Marked {{count}} as read', { count: ids.length });
      offerUndo({ label, undo: () => void back() });
    },
    go: (row: NotificationRow) => {
      if (row.status === 'UNREAD') void set([row.id], 'READ');
      void navigate({ to: placeOf(row) });
    },
  };
}
