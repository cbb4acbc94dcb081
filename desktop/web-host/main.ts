import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { hostname } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { AppError } from '../../shared/kernel/app-error.ts';
import { fileKeyStore, tellWhereKeyIs } from '../core/session/replica-key.ts';
import { newId } from '../../shared/kernel/ids.ts';
import { startCore } from '../core/start-core.ts';
import { AccountDesk } from '../host/account-desk.ts';
import { createHostBridge } from '../host/host-bridge.ts';
import { createBrowserShell } from './browser-shell.ts';
import { startWebHost, type WebHost } from './start-web-host.ts';

// The process behind one profile in the browser: one core, one page. Started by npm start.
const env = process.env;
const profile = env['PROFILE'] ?? 'default';
const dataDir = path.resolve(env['DATA_DIR'] ?? '.data');
const rendererDir = fileURLToPath(new URL('../../out/renderer', import.meta.url));
const log = pino({ level: env['LOG_LEVEL'] ?? 'warn' });

const stop = (line: string): never => {
  console.error(line);
  process.exit(1);
};

if (!/^[\w-]{1,40}$/.test(profile)) stop('A profile name has letters, digits, - and _ only.');
if (!existsSync(path.join(rendererDir, 'index.html'))) stop('The app is not built yet: npm start builds it.');
// A sixth of a start is translating sources. The threads of the core learn of it by the environment.
env['NODE_COMPILE_CACHE'] ??= path.join(dataDir, 'cache', 'compiled');
enableCompileCache(env['NODE_COMPILE_CACHE']);

async function open(): Promise<{ close: () => Promise<void> }> {
  const desk: AccountDesk = new AccountDesk({
    dataDir,
    profile,
    serverUrl: env['SERVER_URL'] ?? null,
    openCore: (account) => {
      const vault = fileKeyStore(account.profileDir);
      console.log(tellWhereKeyIs(vault));
      return startCore({ ...account, deviceName: `${hostname()} (${profile})`, log, vault });
    },
    newId,
    onAccounts: (accounts) => desk.publish('host', { kind: 'accounts', accounts }),
  });
  await desk.start();
  const bridge = createHostBridge(desk, createBrowserShell(`http://127.0.0.1:${env['PORT'] ?? 5002}`));
  const first = Number(env['WEB_PORT'] ?? 5180);
  // A second profile takes the next free port, unless somebody asked for a certain one.
  const ports = env['WEB_PORT'] || profile === 'default' ? [first] : Array.from({ length: 20 }, (_, i) => first + i);
  const host = await listenOnFirst(ports, (port) => startWebHost({ bridge, port, rendererDir }));
  console.log(`ready on ${host.url}`);
  return {
    close: async () => {
      await host.close();
      await desk.closeAll();
    },
  };
}

async function listenOnFirst(ports: readonly number[], listen: (port: number) => Promise<WebHost>): Promise<WebHost> {
  for (const port of ports.slice(0, -1)) {
    const host = await listen(port).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'conflict') return null;
      throw error;
    });
    if (host) return host;
  }
  return listen(ports.at(-1) ?? 5180);
}

const running = await open().catch((error: unknown) => stop(error instanceof Error ? error.message : String(error)));

let closing = false;
const shutDown = () => {
  if (closing) return;
  closing = true;
  void running.close().then(() => process.exit(0));
};
process.on('SIGINT', shutDown);
process.on('SIGTERM', shutDown);
process.on('message', (message) => {
  if (message === 'stop') shutDown();
});
process.on('disconnect', shutDown);
