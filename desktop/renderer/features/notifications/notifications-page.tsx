import { Archive, Check, CheckCheck, CornerDownLeft, Settings } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { NOTIFICATION_KINDS, type NotificationKind } from '../../../../shared/notifications/notification.ts';
import { useActions } from '../../lib/actions/actions.tsx';
import { useCardKeys } from '../../lib/actions/use-card-keys.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { formatCount } from '../../lib/format/format-count.ts';
import { t } from '../../lib/i18n/t.ts';
import { kindWord, sayNotification } from '../../lib/notifications/notification-words.ts';
import { useNow } from '../../lib/use-now.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showError } from '../../ui/toaster.tsx';
import { NotificationItem } from './notification-item.tsx';
import { useNotificationActs } from './use-notification-acts.ts';

const PAGE = 60;
type Status = 'unread' | 'all' | 'archived';

const presses = () => [
  { act: 'go', label: t('Go there'), icon: CornerDownLeft, shortcut: 'enter' },
  { act: 'archive', label: t('Archive'), icon: Archive, shortcut: 'e' },
  { act: 'mark', label: t('Read or unread'), icon: Check, shortcut: 'u' },
];

/** What one was told, newest first: what is unread, all of it, and what was put away. */
export function NotificationsPage() {
  const [status, setStatus] = useState<Status>('unread');
  const [kind, setKind] = useState<NotificationKind | null>(null);
  const [limit, setLimit] = useState(PAGE);
  const kinds = kind === null ? {} : { kinds: [kind] };
  const { data, error, refetch } = useQuery('notifications.list', { status, limit, ...kinds }, { keep: true });
  const { data: members = [] } = useQuery('members.list', {});
  const now = useNow();
  const nameOf = (userId: string) => members.find(({ id }) => id === userId)?.name ?? null;
  const cards = (data?.rows ?? []).map((row) => ({ id: row.id, row, ...sayNotification(row, nameOf) }));
  const current = useCardKeys('notifications', t('Notifications'), cards, presses());
  return (
    <>
      <header className="top">
        <h1>{t('Notifications')}</h1>
        <div className="ms-auto flex gap-1">
          <AllActs status={status} kinds={kinds} unread={data?.unread ?? 0} shown={cards.length} />
          <Link
            to="/settings/$section"
            params={{ section: 'notifications' }}
            className="btn ghost sq sm"
            aria-label={t('What you are told of')}
            title={t('What you are told of')}
          >
            <Settings size={14} aria-hidden="true" />
          </Link>
        </div>
      </header>
      <div className="sentence flex-wrap">
        <Segmented
          label={t('Which notifications')}
          value={status}
          onChoose={(next) => {
            setStatus(next);
            setLimit(PAGE);
          }}
          segments={[
            {
              value: 'unread',
              label: t('Unread'),
              count: data && data.unread > 0 ? <span className="num">{formatCount(data.unread)}</span> : null,
            },
            { value: 'all', label: t('All', { context: 'notifications' }) },
            { value: 'archived', label: t('Archived', { context: 'notifications' }) },
          ]}
        />
        <span className="field quiet">
          <select
            aria-label={t('Kind')}
            value={kind ?? ''}
            onChange={(event) => setKind(NOTIFICATION_KINDS.find((one) => one === event.target.value) ?? null)}
          >
            <option value="">{t('Every kind')}</option>
            {NOTIFICATION_KINDS.map((one) => (
              <option key={one} value={one}>
                {kindWord(one)}
              </option>
            ))}
          </select>
        </span>
      </div>
      <div className="pane flex-1">
        {error && (
          <EmptyState
            title={t('The notifications could not be read')}
            actions={<Button onClick={() => void refetch()}>{t('Try again')}</Button>}
          >
            {t('They are safe on this computer.')}
          </EmptyState>
        )}
        {!data && !error && <Skeleton rows={5} />}
        {data && cards.length === 0 && <Nothing status={status} filtered={kind !== null} onAll={() => setKind(null)} />}
        {cards.length > 0 && (
          <div className="page-column">
            <ul className="panel" aria-label={t('Notifications')}>
              {cards.map(({ row, title, body }) => (
                <NotificationItem
                  key={row.id}
                  row={row}
                  title={title}
                  body={body}
                  now={now}
                  isCurrent={current === row.id}
                />
              ))}
            </ul>
            {data?.more && (
              <div className="mt-2 text-center">
                <Button size="sm" look="ghost" onClick={() => setLimit(limit + PAGE)}>
                  {t('Earlier ones')}
                </Button>
              </div>
            )}
          </div>
        )}
      </div>
    </>
  );
}

type AllActsProps = { status: Status; kinds: { kinds?: NotificationKind[] }; unread: number; shown: number };

/** Acts on everything that the filter shows, also what is not on screen. */
function AllActs({ status, kinds, unread, shown }: AllActsProps) {
  const bridge = useBridge();
  const { setAll } = useNotificationActs();
  const act = async (to: 'READ' | 'ARCHIVED') => {
    const unreadNow = await bridge.call('notifications.ids', { status: 'unread', ...kinds });
    const here = to === 'READ' ? unreadNow : await bridge.call('notifications.ids', { status, ...kinds });
    if ('error' in here) return showError(here.error);
    if ('error' in unreadNow) return showError(unreadNow.error);
    return setAll(here.data, to, new Set(unreadNow.data));
  };
  useActions([
    {
      id: 'notifications.readAll',
      label: t('Mark all as read'),
      icon: CheckCheck,
      section: t('Notifications'),
      shortcuts: ['shift+u'],
      when: () => unread > 0,
      run: () => void act('READ'),
    },
  ]);
  return (
    <>
      {unread > 0 && status !== 'archived' && (
        <Button size="sm" look="ghost" icon={CheckCheck} shortcut="shift+u" onClick={() => void act('READ')}>
          <span className="max-[640px]:sr-only">{t('Mark all as read')}</span>
        </Button>
      )}
      {shown > 0 && status !== 'archived' && (
        <Button size="sm" look="ghost" icon={Archive} onClick={() => void act('ARCHIVED')}>
          <span className="max-[640px]:sr-only">{t('Clear')}</span>
        </Button>
      )}
    </>
  );
}

function Nothing({ status, filtered, onAll }: { status: Status; filtered: boolean; onAll: () => void }) {
  const actions = filtered && <Button onClick={onAll}>{t('Every kind')}</Button>;
  if (status === 'archived')
    return (
      <EmptyState title={t('Nothing is put away')} actions={actions}>
        {t('What you archive or clear rests here.')}
      </EmptyState>
    );
  return (
    <EmptyState title={status === 'unread' ? t('You have read everything') : t('Nothing yet')} actions={actions}>
      {t('Answers, due tasks, what colleagues give you and what ends while you are away is told here.')}
    </EmptyState>
  );
}
