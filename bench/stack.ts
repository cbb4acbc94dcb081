import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { startCore } from '../desktop/core/start-core.ts';
import { ServerStack } from '../e2e/stack/stack.ts';
import type { ArgsOf, Method, ResultOf, SyncState } from '../shared/bridge/bridge-contract.ts';
import { must } from '../shared/kernel/must.ts';
import { findRunningDatabase } from '../sync-server/db/embedded-postgres.ts';

/** A real server with the demo tenant and `contacts` contacts in it. */
export async function startSeededServer(contacts: number): Promise<{ server: ServerStack; databaseUrl: string }> {
  const server = await ServerStack.start();
  if (contacts > 0)
    execFileSync(process.execPath, ['sync-server/seed.ts', '--contacts', String(contacts)], {
      env: { ...process.env, DATA_DIR: server.dataDir },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const databaseUrl = must(findRunningDatabase(path.join(server.dataDir, 'postgres')), 'the running database');
  return { server, databaseUrl };
}

export type BenchDesktop = {
  profileDir: string;
  call: <M extends Method>(method: M, args: ArgsOf<M>) => Promise<ResultOf<M>>;
  /** Resolves when `isReached` holds, asked again whenever the core announces something. */
  until: <T>(ask: () => Promise<T>, isReached: (value: T) => boolean) => Promise<T>;
  untilSaved: () => Promise<SyncState>;
  /** Ends the engine; its profile stays. */
  stop: () => Promise<void>;
  close: () => Promise<void>;
};

/** A desktop's engine in this process, its threads its own. */
export async function startDesktop(
  serverUrl: string,
  profileDir = mkdtempSync(path.join(tmpdir(), 'switchboard-bench-')),
): Promise<BenchDesktop> {
  const core = await startCore({ profileDir, serverUrl, deviceName: 'bench', log: pino({ level: 'silent' }) });
  const call: BenchDesktop['call'] = async (method, args) => {
    const reply = await core.call(method, args);
    if ('error' in reply) throw new Error(`${method}: ${reply.error.message}`);
    return reply.data;
  };
  const until: BenchDesktop['until'] = (ask, isReached) =>
    new Promise((resolve, reject) => {
      let asking = false;
      let again = false;
      const look = async () => {
        again = asking;
        if (asking) return;
        asking = true;
        const value = await ask().catch(reject);
        asking = false;
        if (value !== undefined && isReached(value)) {
          for (const stop of stops) stop();
          resolve(value);
        } else if (again) void look();
      };
      const stops = [core.subscribe('changed', () => void look()), core.subscribe('sync', () => void look())];
      void look();
    });
  return {
    profileDir,
    call,
    until,
    untilSaved: () =>
      until(
        () => call('sync.get', {}),
        ({ status, pending }) => status === 'saved' && pending === 0,
      ),
    stop: () => core.close(),
    close: async () => {
      await core.close();
      rmSync(profileDir, { recursive: true, force: true });
    },
  };
}

export const OWNER = { email: 'owner@demo.test', password: 'demo-password' };

/** An access token of the demo tenant's owner, on a device of its own. */
export async function signInByHttp(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...OWNER, deviceId: crypto.randomUUID(), deviceName: 'bench' }),
  });
  const { data } = (await answer.json()) as { data: { accessToken: string } };
  return data.accessToken;
}
