import {
  Archive,
  ArchiveRestore,
  BellOff,
  CalendarClock,
  CornerDownLeft,
  FileDown,
  FileUp,
  ListTodo,
  Mail,
  MailOpen,
  MessageSquare,
  ShieldAlert,
  UserRound,
  type LucideIcon,
} from 'lucide-react';
import type { NotificationRow } from '../../../../shared/bridge/team-contract.ts';
import type { NotificationKind } from '../../../../shared/notifications/notification.ts';
import { formatAgo, formatFull } from '../../lib/format/format-time.ts';
import { t } from '../../lib/i18n/t.ts';
import { MuteMenu } from '../../lib/notifications/mute-menu.tsx';
import { kindWord } from '../../lib/notifications/notification-words.ts';
import { IconButton } from '../../ui/button.tsx';
import { SyncRing } from '../../ui/sync-ring.tsx';
import { useNotificationActs } from './use-notification-acts.ts';

const ICONS: Record<NotificationKind, LucideIcon> = {
  SMS_REPLY: MessageSquare,
  TASK_DUE: CalendarClock,
  TASK_ASSIGNED: ListTodo,
  CONTACT_ASSIGNED: UserRound,
  IMPORT_FINISHED: FileUp,
  EXPORT_READY: FileDown,
  SECURITY: ShieldAlert,
};

type NotificationItemProps = { row: NotificationRow; title: string; body: string; now: number; isCurrent: boolean };

/** One thing one was told, and what can be done about it. */
export function NotificationItem({ row, title, body, now, isCurrent }: NotificationItemProps) {
  const acts = useNotificationActs();
  const Icon = ICONS[row.kind];
  const unread = row.status === 'UNREAD';
  const archived = row.status === 'ARCHIVED';
  return (
    <li className="note-row" data-card={row.id} tabIndex={-1} aria-current={isCurrent || undefined}>
      {unread ? <span className="unread" role="img" aria-label={t('Unread')} /> : <span />}
      <Icon size={16} role="img" aria-label={kindWord(row.kind)} />
      <div className="min-w-0">
        <div className="flex items-center gap-2">
          <button
            type="button"
            data-act="go"
            className={`trunc text-start hover:underline ${unread ? 'font-[620]' : ''}`}
            title={title}
            onClick={() => acts.go(row)}
          >
            {title}
          </button>
          {row.muted && <BellOff size={12} className="flex-none text-ink-3" role="img" aria-label={t('Muted')} />}
          <SyncRing pending={row.pending} refused={false} />
          <time className="num ms-auto flex-none text-micro text-ink-3" title={formatFull(row.createdAt)}>
            {formatAgo(row.createdAt, now)}
          </time>
        </div>
        {body && (
          <p className="trunc text-small text-ink-2" title={body}>
            {body}
          </p>
        )}
      </div>
      <span className="flex">
        {row.conversationId && <MuteMenu small conversationId={row.conversationId} />}
        <IconButton size="sm" icon={CornerDownLeft} label={t('Go there')} onClick={() => acts.go(row)} />
        {!archived && (
          <IconButton
            size="sm"
            data-act="mark"
            icon={unread ? MailOpen : Mail}
            label={unread ? t('Mark as read') : t('Mark as unread')}
            onClick={() => void acts.set([row.id], unread ? 'READ' : 'UNREAD')}
          />
        )}
        {archived ? (
          <IconButton
            size="sm"
            icon={ArchiveRestore}
            label={t('Take it out of the archive')}
            onClick={() => void acts.set([row.id], 'READ')}
          />
        ) : (
          <IconButton
            size="sm"
            data-act="archive"
            icon={Archive}
            label={t('Archive')}
            onClick={() => void acts.archive(row)}
          />
        )}
      </span>
    </li>
  );
}
