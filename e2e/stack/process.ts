import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A process of the product as a person runs it, started and ready. */
export class ProductProcess {
  readonly url: string;
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.child = child;
    this.url = url;
  }

  /** Runs an entry file and resolves when it prints `ready on <url>`. Rejects with its output when it ends first. */
  static start(entry: string, env: Record<string, string>, args: string[] = []): Promise<ProductProcess> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [entry, ...args], {
        cwd: root,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      let output = '';
      const read = (chunk: Buffer) => {
        output += String(chunk);
        const url = /ready on (\S+)/.exec(output)?.[1];
        if (url) resolve(new ProductProcess(child, url));
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.once('close', (code) => reject(new Error(`${entry} ended with ${code}:\n${output}`)));
    });
  }

  /** As when a person closes it. */
  stop(): Promise<void> {
    return this.end(() => this.child.send('stop'));
  }

  /** As when the power goes: nothing gets a chance to tidy up. */
  kill(): Promise<void> {
    return this.end(() => this.child.kill('SIGKILL'));
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  private async end(how: () => void): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const closed = new Promise((resolve) => this.child.once('close', resolve));
    how();
    await closed;
  }
}
