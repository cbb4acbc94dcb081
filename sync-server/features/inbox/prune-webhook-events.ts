import { lt } from 'drizzle-orm';
import { DAY_MS, type Pruning } from '../../db/prune-table.ts';
import { webhookEvents } from './webhook-event-table.ts';

/** What carriers told us goes after 90 days: by then no repeat comes, and the messages themselves stay. */
export const oldWebhookEvents: Pruning = {
  table: webhookEvents,
  isOver: (now) => lt(webhookEvents.receivedAt, now - 90 * DAY_MS),
};
