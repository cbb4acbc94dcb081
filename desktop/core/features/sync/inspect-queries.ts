import { statSync } from 'node:fs';
import type { StreamInspection, StorageInspection, SyncInspection } from '../../../../shared/bridge/sync-inspection.ts';
import { SYNCED_TABLES } from '../../../../shared/catalog/synced-tables.ts';
import { APP_VERSION } from '../../../../shared/protocol/app-version.ts';
import { PROTOCOL_VERSION } from '../../../../shared/protocol/protocol-version.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { findSetting, readChosenDays, readQuota, readWorkspaceDays } from '../../replica/local-settings.ts';

/** Which replica is looked at, and for whom it syncs with what. */
export type Inspected = { file: string; deviceId: string; serverUrl: string };

/** How sync stands, from the replica alone. Counts and places; nothing that a customer could be known by. */
export function inspectSync(db: ReadConnection, { file, deviceId, serverUrl }: Inspected): SyncInspection {
  return {
    streams: inspectStreams(db),
    outbox: inspectOutbox(db),
    refusals: db
      .sql('SELECT code, count(*) AS writes FROM refused_write GROUP BY code ORDER BY writes DESC, code')
      .all() as SyncInspection['refusals'],
    storage: inspectStorage(db, file),
    versions: {
      app: APP_VERSION,
      protocol: PROTOCOL_VERSION,
      replica: pragma(db, 'user_version'),
      sqlite: db.sql('SELECT sqlite_version()').pluck().get() as string,
    },
    deviceId,
    serverUrl,
    epoch: findSetting(db, 'epoch'),
  };
}

type StreamRow = Record<'handle' | 'offset', string | null> & Record<'lsn' | 'ready' | 'staging' | 'denied', number>;

function inspectStreams(db: ReadConnection): StreamInspection[] {
  const furthest = db.sql('SELECT max(lsn) FROM stream').pluck().get() as number;
  return SYNCED_TABLES.map(({ name }) => {
    const at = db
      .sql('SELECT handle, "offset", lsn, ready, staging, denied FROM stream WHERE tbl = ?')
      .get(name) as StreamRow;
    return {
      table: name,
      rows: countRows(db, name),
      handle: at.handle,
      offset: at.offset,
      watermark: String(at.lsn),
      behindBytes: at.ready ? furthest - at.lsn : 0,
      state: at.denied ? 'denied' : !at.ready ? 'first' : at.staging ? 'again' : 'live',
    };
  });
}

function inspectOutbox(db: ReadConnection): SyncInspection['outbox'] {
  return db
    .sql(
      `SELECT s.column1 AS state, count(w.state) AS writes, min(w.made_at) AS oldestAt
       FROM (VALUES ('queued'), ('sent'), ('accepted'), ('refused')) s
       LEFT JOIN (SELECT state, made_at FROM pending_write UNION ALL SELECT 'refused', made_at FROM refused_write) w
         ON w.state = s.column1
       GROUP BY s.column1 ORDER BY instr('queued sent accepted refused', s.column1)`,
    )
    .all() as SyncInspection['outbox'];
}

function inspectStorage(db: ReadConnection, file: string): StorageInspection {
  return {
    fileBytes: sizeOf(file),
    logBytes: sizeOf(`${file}-wal`),
    freeBytes: pragma(db, 'freelist_count') * pragma(db, 'page_size'),
    messages: countRows(db, 'messages'),
    olderMessages: countRows(db, 'older_messages'),
    chosenDays: readChosenDays(db),
    workspaceDays: readWorkspaceDays(db),
    quotaBytes: readQuota(db),
  };
}

const countRows = (db: ReadConnection, table: string): number =>
  db.sql(`SELECT count(*) FROM ${table}`).pluck().get() as number;

const pragma = (db: ReadConnection, name: string): number =>
  db.sql(`SELECT * FROM pragma_${name}`).pluck().get() as number;

/** 0 where there is none: a log that was written back is deleted. */
const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
