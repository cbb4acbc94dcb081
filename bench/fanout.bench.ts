import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { must } from '../shared/kernel/must.ts';
import type { FanoutNews, FanoutOrder } from './clients/fanout-clients.ts';
import { percentile, told, type Metric } from './metric.ts';
import { signInForShapes } from './clients/shape-session.ts';
import { startSeededServer } from './stack.ts';

const CLIENTS = 200;
const CHANGES = 200;
/** One change every so often while latency is measured: far below what can be sustained. */
const PACE_MS = 50;
const BURST = 1_000;

/** Many desktops of one tenant on the embedded shape log: what each costs the server, and how fast all of them learn of a change. */
export async function run(): Promise<Metric[]> {
  const { server, databaseUrl } = await startSeededServer(0);
  const headers = await signInForShapes(server.url);
  const database = new pg.Client(databaseUrl);
  await database.connect();
  const { rows } = await database.query<{ id: string }>('select id from contacts limit 1');
  const { id } = must(rows[0], 'a contact of the demo tenant');
  const change = (mark: string) =>
    database.query('update contacts set company = $1 where id = $2', [
      `${mark}@${performance.timeOrigin + performance.now()}`,
      id,
    ]);

  const before = await memoryOf(server.url);
  const child = fork(fileURLToPath(new URL('./clients/fanout-clients.ts', import.meta.url)));
  const waiting = new Map<string, (delays: readonly number[]) => void>();
  const ready = new Promise<void>((resolve) => {
    child.on('message', (news: FanoutNews) => {
      if (news.kind === 'ready') resolve();
      else waiting.get(news.mark)?.(news.delays);
    });
  });
  const order: FanoutOrder = { url: `${server.url}/api/shapes/contacts`, headers, clients: CLIENTS };
  child.send(order);
  await ready;
  const connected = await memoryOf(server.url);
  const everybodyHas = (mark: string) => new Promise<readonly number[]>((resolve) => waiting.set(mark, resolve));

  const delays: number[] = [];
  for (let i = 0; i < CHANGES; i += 1) {
    const all = everybodyHas(`paced${i}`);
    await change(`paced${i}`);
    const [had] = await Promise.all([all, new Promise((resolve) => setTimeout(resolve, PACE_MS))]);
    delays.push(...had);
  }
  const last = everybodyHas(`burst${BURST - 1}`);
  const started = performance.now();
  for (let i = 0; i < BURST; i += 1) await change(`burst${i}`);
  const written = (performance.now() - started) / 1000;
  await last;
  const delivered = (performance.now() - started) / 1000;
  const after = await memoryOf(server.url);

  child.kill();
  await database.end();
  await server.stop();
  return [
    told(`memory of the server per connected client, of ${CLIENTS}`, 'kB', (connected - before) / CLIENTS / 1024),
    told('the same after all changes', 'kB', (after - before) / CLIENTS / 1024),
    told(`change to each of ${CLIENTS} clients, p50`, 'ms', percentile(delays, 0.5)),
    told(`change to each of ${CLIENTS} clients, p99`, 'ms', percentile(delays, 0.99)),
    told('changes sustained, each to all clients', 'per s', BURST / delivered, BURST / written),
  ];
}

async function memoryOf(serverUrl: string): Promise<number> {
  const text = await (await fetch(`${serverUrl}/metrics`)).text();
  return Number(must(/^process_resident_memory_bytes (\d+)/m.exec(text)?.[1], 'the memory of the server'));
}
