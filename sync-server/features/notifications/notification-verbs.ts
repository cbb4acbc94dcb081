import * as operations from '../../../shared/notifications/notification-operations.ts';
import { bindVerb, type BoundVerb } from '../../db/act.ts';
import {
  archiveNotification,
  deleteNotification,
  readNotification,
  setNotificationStatus,
} from './change-notifications.ts';
import { getNotification, listNotifications } from './list-notifications.ts';
import { getPreferences, mute, setPreferences, unmute } from './notification-settings.ts';

export const notificationVerbs: BoundVerb[] = [
  bindVerb(operations.listNotifications, listNotifications),
  bindVerb(operations.getNotificationPreferences, getPreferences),
  bindVerb(operations.setNotificationPreferences, setPreferences),
  bindVerb(operations.getNotification, getNotification),
  bindVerb(operations.setNotificationStatus, setNotificationStatus),
  bindVerb(operations.readNotification, readNotification),
  bindVerb(operations.archiveNotification, archiveNotification),
  bindVerb(operations.deleteNotification, deleteNotification),
  bindVerb(operations.muteConversation, mute),
  bindVerb(operations.unmuteConversation, unmute),
];
