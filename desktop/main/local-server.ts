import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/kernel/app-error.ts';

/** What of Electron's utilityProcess is used. */
export type ServerProcess = {
  stdout: NodeJS.ReadableStream | null;
  stderr: NodeJS.ReadableStream | null;
  on(event: 'exit', listener: (code: number) => void): unknown;
  postMessage(message: unknown): void;
  kill(): boolean;
};

type LocalServerParts = {
  dataDir: string;
  fork: (env: Record<string, string>) => ServerProcess;
  onProblem: (error: unknown) => void;
};

const kept = z.object({ port: z.number().int().min(1).max(65_535) });
const READY_MS = 120_000;
const STOP_MS = 15_000;

/**
 * The sync server with its own PostgreSQL, on this computer, for who has no other: a process of its own on a loopback port that stays
 * the same, so that the address of the account stays true.
 */
export class LocalServer {
  private readonly parts: LocalServerParts;
  private running: Promise<{ url: string; process: ServerProcess }> | null = null;
  private stopping = false;

  constructor(parts: LocalServerParts) {
    this.parts = parts;
  }

  /** Whether an account's address is that of the server here. */
  isHere(serverUrl: string | null): boolean {
    const { data } = kept.safeParse(this.read());
    return data !== undefined && serverUrl === urlOf(data.port);
  }

  /** Its address, once it answers. */
  async start(): Promise<string> {
    this.running ??= this.launch();
    try {
      return (await this.running).url;
    } catch (error) {
      this.running = null;
      throw error;
    }
  }

  /** Lets it finish what it writes. */
  async stop(): Promise<void> {
    this.stopping = true;
    const running = await this.running?.catch(() => null);
    if (!running) return;
    const over = new Promise((resolve) => void running.process.on('exit', resolve));
    running.process.postMessage('stop');
    const tooLong = setTimeout(() => running.process.kill(), STOP_MS);
    await over;
    clearTimeout(tooLong);
  }

  private async launch(): Promise<{ url: string; process: ServerProcess }> {
    const port = kept.safeParse(this.read()).data?.port ?? (await freePort());
    writeFileSync(this.file, JSON.stringify({ port }));
    const child = this.parts.fork({
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: path.join(this.parts.dataDir, 'server'),
      LOG_LEVEL: 'warn',
      SWITCHBOARD_SERVER: 'run',
    });
    await isReady(child);
    child.on('exit', (code) => {
      this.running = null;
      if (this.stopping) return;
      this.parts.onProblem(new Error(`the local server ended with ${code}`));
      void this.start().catch(this.parts.onProblem);
    });
    return { url: urlOf(port), process: child };
  }

  private get file(): string {
    return path.join(this.parts.dataDir, 'local-server.json');
  }

  private read(): unknown {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8'));
    } catch {
      return null;
    }
  }
}

const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

function isReady(child: ServerProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: unknown) => {
      output = (output + String(chunk)).slice(-4_000);
      if (output.includes('ready on ')) finish(null);
    };
    const finish = (problem: string | null) => {
      clearTimeout(tooLong);
      if (problem === null) return resolve();
      const words = `The server on this computer did not start: ${problem} Nothing was lost; try again.`;
      return reject(new AppError('unavailable', words));
    };
    const tooLong = setTimeout(() => {
      child.kill();
      finish('it took longer than two minutes.');
    }, READY_MS);
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('exit', (code) => finish(`${output.trim().split('\n').at(-1) ?? ''} (${code}).`));
  });
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
