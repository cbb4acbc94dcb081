import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { must } from '../../shared/kernel/must.ts';
import { Cable } from './cable.ts';
import { ProductProcess } from './process.ts';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** The whole server side, real: embedded Postgres, shape log, jobs, carrier sandbox or Twilio with test credentials. */
export class ServerStack {
  readonly port: number;
  readonly dataDir: string;
  private readonly env: Record<string, string>;
  private server: ProductProcess;

  private constructor(port: number, dataDir: string, env: Record<string, string>, server: ProductProcess) {
    this.port = port;
    this.dataDir = dataDir;
    this.env = env;
    this.server = server;
  }

  static async start(env: Record<string, string> = {}): Promise<ServerStack> {
    const port = await freePort();
    const dataDir = mkdtempSync(path.join(tmpdir(), 'switchboard-e2e-'));
    // Run as root, Postgres takes another user, who must be able to pass through.
    chmodSync(dataDir, 0o711);
    const all = {
      PORT: String(port),
      DATA_DIR: dataDir,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      LOG_LEVEL: 'warn',
      ...env,
    };
    return new ServerStack(port, dataDir, all, await ProductProcess.start('sync-server/server.ts', all));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Settings of `more` hold until the next restart; `meanwhile` is done to its files while nothing runs on them. */
  async restart({
    more = {},
    meanwhile = () => {},
  }: { more?: Record<string, string>; meanwhile?: () => void } = {}): Promise<void> {
    await this.server.stop();
    meanwhile();
    this.server = await ProductProcess.start('sync-server/server.ts', { ...this.env, ...more });
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** A signed-in caller of the REST interface. */
  async api(
    email: string,
    password = 'demo-password',
  ): Promise<(method: string, path: string, body?: unknown) => Promise<ApiAnswer>> {
    const device = crypto.randomUUID();
    const signIn = await this.send('POST', '/api/auth/sign-in', { email, password, deviceId: device });
    const { accessToken } = (signIn.body as { data: { accessToken: string } }).data;
    return (method, path, body) => this.send(method, path, body, accessToken);
  }

  async send(method: string, pathname: string, body?: unknown, token?: string): Promise<ApiAnswer> {
    const answer = await fetch(`${this.url}${pathname}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, headers: answer.headers, body: await answer.json().catch(() => null) };
  }
}

export type ApiAnswer = { status: number; headers: Headers; body: unknown };

/** A desktop, whichever host it runs in. */
export interface DesktopHost {
  readonly cable: Cable;
  readonly profileDir: string;
  /** Its page, opened anew: the given one, or the host's own window. */
  show(page: Page | null): Promise<Page>;
  /** `kill -9` and a new start on the same profile. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

/** One desktop: a host process with its own replica, on a cable of its own. */
export class Desktop implements DesktopHost {
  readonly cable: Cable;
  readonly profileDir: string;
  private readonly env: Record<string, string>;
  private host: ProductProcess;

  private constructor(cable: Cable, dataDir: string, env: Record<string, string>, host: ProductProcess) {
    this.cable = cable;
    this.profileDir = path.join(dataDir, 'profiles');
    this.env = env;
    this.host = host;
  }

  /** `knowsServer` false: the person says where the server is. */
  static async start(server: ServerStack, knowsServer = true): Promise<Desktop> {
    const cable = await Cable.lay(server.port);
    const dataDir = mkdtempSync(path.join(tmpdir(), 'switchboard-desktop-'));
    const env = {
      DATA_DIR: dataDir,
      PROFILE: 'e2e',
      WEB_PORT: String(await freePort()),
      ...(knowsServer ? { SERVER_URL: cable.url } : {}),
    };
    return new Desktop(cable, dataDir, env, await ProductProcess.start('desktop/web-host/main.ts', env));
  }

  /** The address with the key of this start. */
  get url(): string {
    return this.host.url;
  }

  async show(page: Page | null): Promise<Page> {
    const shown = must(page, 'page');
    await shown.goto(this.url);
    return shown;
  }

  async killAndRestart(): Promise<void> {
    await this.host.kill();
    this.host = await ProductProcess.start('desktop/web-host/main.ts', this.env);
  }

  async stop(): Promise<void> {
    await this.host.stop();
    await this.cable.remove();
    rmSync(this.env['DATA_DIR'] ?? '', { recursive: true, force: true });
  }
}
