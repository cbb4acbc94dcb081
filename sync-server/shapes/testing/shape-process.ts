import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../raw/shapes-dev.ts', import.meta.url));

/** The shape log in a process of its own, which can be killed. */
export class ShapeProcess {
  readonly url: string;
  readonly exited: Promise<unknown>;
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess, url: string, exited: Promise<unknown>) {
    this.child = child;
    this.url = url;
    this.exited = exited;
  }

  static async start(databaseUrl: string, dir: string, env: Record<string, string> = {}): Promise<ShapeProcess> {
    const child = spawn(process.execPath, [ENTRY], {
      env: { ...process.env, NODE_ENV: 'test', DATABASE_URL: databaseUrl, DATA_DIR: dir, PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const url = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (data: Buffer) => {
        text += data.toString();
        const [found] = /http:\S+/.exec(text) ?? [];
        if (found) resolve(found);
      });
      void exited.then(() => reject(new Error(`the shape log ended before it was ready: ${text}`)));
    });
    return new ShapeProcess(child, url, exited);
  }

  kill(): Promise<unknown> {
    this.child.kill('SIGKILL');
    return this.exited;
  }

  /** Stops it in the middle of whatever it does, as a machine that sleeps. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }
}
