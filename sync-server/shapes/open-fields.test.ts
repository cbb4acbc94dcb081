import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { NO_FIELD_KEYS, type FieldKeys } from '../db/fields/field-keys.ts';
import { AppError } from '../../shared/kernel/app-error.ts';
import { createRequestLog } from '../http/request-log.ts';
import { openFieldsIn } from './open-fields.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(fields: Partial<FieldKeys>): Promise<string> {
  const app = express();
  app.use(createRequestLog(pino({ level: 'silent' })));
  app.get('/', async (_req, res) => {
    await openFieldsIn(res, { ...NO_FIELD_KEYS, isOn: async () => true, ...fields }, 'tenant', 'notes');
    res.setHeader('electric-handle', 'of the answer');
    res.write('[{"body":"enc1');
    res.end('"}]');
  });
  const server = createServer(app).listen(0);
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test('an answer is opened whole, whatever pieces it comes in', async () => {
  const url = await serve({ open: async (_tenantId, json) => json.replace('enc1', 'clear') });
  expect(await (await fetch(url)).json()).toEqual([{ body: 'clear' }]);
});

test('an answer whose keys cannot be read at the moment is asked for again, and says nothing of what is stored', async () => {
  const url = await serve({ open: () => Promise.reject(new AppError('unavailable', 'The notes cannot be read now.')) });
  const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) });
  expect([answer.status, answer.headers.get('electric-handle'), await answer.text()]).toEqual([
    503,
    null,
    expect.not.stringContaining('enc1'),
  ]);
});
