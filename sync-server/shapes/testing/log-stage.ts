import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Express } from 'express';
import pg from 'pg';
import { pino } from 'pino';
import { ShapeLog, type ShapeLogOptions } from '../log/shape-log.ts';

/** A shape log on a database of its own, behind an express app. */
export type LogStage = {
  readonly db: pg.Client;
  readonly log: ShapeLog;
  readonly url: string;
  readonly close: () => Promise<void>;
};

export async function startLogStage(
  serverUrl: string,
  sql: string,
  createApp: (log: ShapeLog, databaseUrl: string) => Express,
  options: Partial<ShapeLogOptions> = {},
): Promise<LogStage> {
  const name = `log_stage_${crypto.randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client(serverUrl);
  await admin.connect();
  await admin.query(`create database ${name}`);
  const databaseUrl = serverUrl.replace(/\/[^/]*$/, `/${name}`);
  const db = new pg.Client(databaseUrl);
  await db.connect();
  await db.query(sql);
  const dir = mkdtempSync(path.join(tmpdir(), 'log-stage-'));
  const log = new ShapeLog({ url: databaseUrl, dir, tables: null, log: pino({ level: 'silent' }), ...options });
  await log.start();
  const server = createServer(createApp(log, databaseUrl));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    db,
    log,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      await log.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await db.end();
      const mine = `from pg_replication_slots where database = '${name}'`;
      await admin.query(`select pg_terminate_backend(active_pid, 5000) ${mine} and active`);
      await admin.query(`select pg_drop_replication_slot(slot_name) ${mine}`);
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
      rmSync(dir, { recursive: true });
    },
  };
}
