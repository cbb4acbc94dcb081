import type { NotificationRow } from '../../../../shared/bridge/team-contract.ts';
import type { NotificationKind } from '../../../../shared/notifications/notification.ts';
import { formatList } from '../format/format-list.ts';
import { t } from '../i18n/t.ts';

/** What a kind of notification is called. */
export const kindWord = (kind: NotificationKind): string =>
  ({
    SMS_REPLY: t('Somebody wrote'),
    TASK_DUE: t('A task is due'),
    TASK_ASSIGNED: t('A task was given to you'),
    CONTACT_ASSIGNED: t('A contact was given to you'),
    IMPORT_FINISHED: t('An import ended'),
    EXPORT_READY: t('An export is ready'),
    SECURITY: t('Safety of your account'),
  })[kind];

export type SaidNotification = { title: string; body: string };

/** What happened, in a sentence with names, and what there is to read of it. `nameOf` knows the members. */
export function sayNotification(row: NotificationRow, nameOf: (userId: string) => string | null): SaidNotification {
  const { params, count } = row;
  const text = (key: string) => (typeof params?.[key] === 'string' ? params[key] : '');
  const who = row.contactName ?? t('Somebody');
  const by = nameOf(text('byId')) ?? t('A colleague');
  const task = row.taskTitle ?? text('title');
  switch (row.kind) {
    case 'SMS_REPLY':
      return {
        title:
          count > 1 ? t('{{name}} wrote {{count}} texts', { name: who, count }) : t('{{name}} wrote', { name: who }),
        body: text('preview'),
      };
    case 'TASK_DUE':
      return { title: t('Due: {{task}}', { task }), body: row.contactName ?? '' };
    case 'TASK_ASSIGNED':
      return { title: t('{{name}} gave you a task', { name: by }), body: task };
    case 'CONTACT_ASSIGNED':
      return { title: t('{{name}} gave you {{contact}}', { name: by, contact: who }), body: '' };
    case 'IMPORT_FINISHED':
      return {
        title: t('{{file}} is imported', { file: text('fileName') || t('A file') }),
        body: t('{{created}} contacts added, {{updated}} changed', {
          created: Number(params?.['created'] ?? 0),
          updated: Number(params?.['updated'] ?? 0),
        }),
      };
    case 'EXPORT_READY':
      return { title: t('Your export is ready'), body: t('The file is kept for 7 days.') };
    case 'SECURITY':
      return text('what') === 'tokens_outlive'
        ? sayOutlived(nameOf(text('byId')), text('why'), params?.['names'])
        : saySecurity(text('what'), text('detail'));
  }
}

function sayOutlived(maker: string | null, why: string, names: unknown): SaidNotification {
  const name = maker ?? t('Somebody who left');
  const tokens = formatList(Array.isArray(names) ? names.map(String) : []);
  const values = { name, tokens };
  return {
    title: t('Access tokens of the workspace go on without who made them'),
    body:
      why === 'role'
        ? t(
            '{{name}} is no administrator any more and made {{tokens}}. Keep them, or revoke them in the settings.',
            values,
          )
        : t('{{name}} is deactivated and made {{tokens}}. Keep them, or revoke them in the settings.', values),
  };
}

function saySecurity(what: string, detail: string): SaidNotification {
  const body = t('If this was not you, change your password and look at your devices.');
  switch (what) {
    case 'new_device':
      return { title: t('Signed in on a new device: {{device}}', { device: detail || t('without a name') }), body };
    case 'password_changed':
      return { title: t('Your password was changed'), body };
    case 'second_factor_changed':
      return { title: t('Your second factor was changed'), body };
    case 'recovery_code_used':
      return { title: t('A recovery code was used to sign in'), body };
    default:
      return { title: t('Something about your account’s safety changed'), body };
  }
}

/** Where a notification leads. */
export function placeOf({
  kind,
  contactId,
  taskId,
  params,
}: Pick<NotificationRow, 'kind' | 'contactId' | 'taskId' | 'params'>): string {
  if (kind === 'SECURITY') return params?.['what'] === 'tokens_outlive' ? '/settings/tokens' : '/settings/security';
  if (kind === 'EXPORT_READY') return '/settings/data';
  if (kind === 'IMPORT_FINISHED') return '/imports';
  if (contactId === null && (kind === 'TASK_DUE' || kind === 'TASK_ASSIGNED'))
    return taskId === null ? '/day' : `/tasks/${taskId}`;
  return contactId === null ? '/inbox' : `/contacts/${contactId}`;
}
