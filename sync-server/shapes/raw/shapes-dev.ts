import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { FAULT_POINTS, type Fault } from '../log/fault-point.ts';
import { ShapeLog } from '../log/shape-log.ts';
import { createRawApp } from './raw-app.ts';

// npm run shapes:dev: the shape log alone, over any table of DATABASE_URL, for anybody who reaches the port.
const { env } = process;

if (env['NODE_ENV'] === 'production') {
  process.stderr.write(
    'The raw shape log asks nobody who they are, so it does not start where NODE_ENV is production.\n',
  );
  process.exit(1);
}
if (!env['DATABASE_URL']) {
  process.stderr.write('Which database? DATABASE_URL=postgres://… npm run shapes:dev\n');
  process.exit(1);
}

const log = new ShapeLog({
  url: env['DATABASE_URL'],
  dir: env['DATA_DIR'] ?? '.data/shapes-dev',
  tables: null,
  name: 'switchboard_raw',
  chunkBytes: Number(env['CHUNK_BYTES'] ?? 10_000),
  log: pino({ level: env['LOG_LEVEL'] ?? 'warn' }, process.stderr),
  fault: crashAt(env['CRASH_AT'] ?? ''),
});
await log.start();
const server = createServer(createRawApp(log));
server.listen(Number(env['PORT'] ?? 3000), '127.0.0.1', () => {
  process.stdout.write(`shapes of any table on http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/shape\n`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    server.closeAllConnections();
    void log.stop().then(() => process.exit(0));
  });

/** `CRASH_AT="after append:3"` kills this process the third time it comes there, as a power cut or kill -9 would. */
function crashAt(text: string): Fault {
  const [point = '', count = '1'] = text.split(':');
  if (point !== '' && !FAULT_POINTS.some((known) => known === point)) {
    process.stderr.write(`CRASH_AT names none of: ${FAULT_POINTS.join(', ')}\n`);
    process.exit(1);
  }
  let left = Number(count);
  return (reached) => {
    if (reached !== point) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
