import { MESSAGE_DAYS, type MessageDays } from '../../../shared/workspace/message-days.ts';
import type { ReadConnection } from './read-connection.ts';
import type { Replica } from './open-replica.ts';

/** What a person chose for this computer; it stays when the replica is built anew. */
export const CHOSEN_SETTINGS = ['message_days', 'quota_bytes'] as const;
export type SettingKey = (typeof CHOSEN_SETTINGS)[number] | 'fed_at' | 'epoch';

type Reading = Pick<ReadConnection, 'sql'>;

export function findSetting({ sql }: Reading, key: SettingKey): string | null {
  const value = sql('SELECT value FROM local_setting WHERE key = ?').pluck().get(key);
  return typeof value === 'string' ? value : null;
}

/** Null forgets it. */
export function saveSetting({ sql }: Pick<Replica, 'sql'>, key: SettingKey, value: string | null): void {
  if (value === null) sql('DELETE FROM local_setting WHERE key = ?').run(key);
  else sql('INSERT INTO local_setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(key, value);
}

/** How many days of messages a person wants here; a number that no version offers counts as all. */
export function readChosenDays(db: Reading): MessageDays {
  const days = Number(findSetting(db, 'message_days'));
  return MESSAGE_DAYS.find((choice) => choice === days) ?? null;
}

/** The most that the workspace lets a desktop keep; null is everything. */
export function readWorkspaceDays({ sql }: Reading): number | null {
  const days = sql(`SELECT body ->> 'messageDays' FROM workspace_items WHERE kind = 'tenant'`).pluck().get();
  return typeof days === 'number' && days > 0 ? days : null;
}

/** The days of messages that are replicated: the shorter of both choices; null is all. */
export function readMessageWindow(db: Reading): number | null {
  const days = [readChosenDays(db), readWorkspaceDays(db)].filter((one) => one !== null);
  return days.length === 0 ? null : Math.min(...days);
}

export function readQuota(db: Reading): number | null {
  const quota = findSetting(db, 'quota_bytes');
  return quota === null ? null : Number(quota);
}

export function chooseStorage(
  replica: Replica,
  { messageDays, quotaBytes }: { messageDays?: MessageDays; quotaBytes?: number | null },
): void {
  replica.tx(() => {
    if (messageDays !== undefined)
      saveSetting(replica, 'message_days', messageDays === null ? null : String(messageDays));
    if (quotaBytes !== undefined) saveSetting(replica, 'quota_bytes', quotaBytes === null ? null : String(quotaBytes));
    replica.touch('outbox');
  });
}
