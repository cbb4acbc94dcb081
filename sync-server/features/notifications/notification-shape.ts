import { notificationsTable } from '../../../shared/notifications/notification-columns.ts';
import type { ShapeRule } from '../../shapes/shape-rule.ts';

/** Each person sees their own. */
export const notificationShapes: readonly ShapeRule[] = [{ table: notificationsTable, role: 'VIEWER', scope: 'user' }];
