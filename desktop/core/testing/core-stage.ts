import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { expect, vi } from 'vitest';
import type { ArgsOf, Method, ResultOf } from '../../../shared/bridge/bridge-contract.ts';
import { startCore, type Core } from '../start-core.ts';
import { FakeServer, USER } from './fake-server.ts';

// A core is five threads: on a busy machine they take their time to start.
vi.setConfig({ testTimeout: 20_000 });

/** One profile and its server, for tests of the whole core. */
export class CoreStage {
  readonly server = new FakeServer();
  readonly profileDir = mkdtempSync(path.join(tmpdir(), 'core-'));
  /** All that a log would have. */
  readonly logged: unknown[] = [];
  private readonly cores: Core[] = [];

  async open(): Promise<Core> {
    const { profileDir, server, logged } = this;
    const note = (...line: unknown[]) => void logged.push(inspect(line, { depth: 9 }));
    const fail = (...line: unknown[]) => {
      note(...line);
      console.error(...line);
    };
    const log = { info: note, warn: note, error: fail };
    const core = await startCore({ profileDir, serverUrl: server.url, deviceName: 'test', log });
    this.cores.push(core);
    return core;
  }

  /** Signed in, with all that the server has. */
  async openSaved(): Promise<Core> {
    const core = await this.open();
    await this.signIn(core);
    await soon(async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ status: 'saved' }));
    return core;
  }

  signIn = (core: Core) => ask(core, 'session.signIn', { email: USER.email, password: 'right password' });

  get replicaDir(): string {
    return path.join(this.profileDir, USER.userId);
  }

  async closeCores(): Promise<void> {
    for (const core of this.cores.splice(0)) await core.close();
  }

  async clear(): Promise<void> {
    await this.closeCores();
    await this.server.unplug();
    rmSync(this.profileDir, { recursive: true, force: true });
  }
}

export async function ask<M extends Method>(core: Core, method: M, args: ArgsOf<M>): Promise<ResultOf<M>> {
  const reply = await core.call(method, args);
  if ('error' in reply) throw new Error(`${method}: ${reply.error.message} ${JSON.stringify(reply.error.details)}`);
  return reply.data;
}

export const soon = (check: () => Promise<unknown>) => vi.waitFor(check, { timeout: 8_000, interval: 20 });

export const listNames = async (core: Core) => {
  const view = { search: '', sort: 'name', order: 'asc' } as const;
  const { rows } = await ask(core, 'contacts.window', { view, snapshot: null, from: 0, count: 50 });
  return rows.map((row) => row?.firstName);
};
