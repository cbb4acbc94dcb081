import type { NotificationKind } from '../../../shared/notifications/notification.ts';
import { t } from './i18n/t.ts';

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
