import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ArgsOf, Method, Reply, ResultOf } from '../../../shared/bridge/bridge-contract.ts';

const entry = fileURLToPath(new URL('./core-process.ts', import.meta.url));

/** Threads inherit what a process imports before anything else. */
const shiftClock = (offMs: number): string[] => [
  '--import',
  `data:text/javascript,const real=Date;globalThis.Date=class extends real{constructor(...a){a.length?super(...a):super(real.now()+${offMs})}static now(){return real.now()+${offMs}}}`,
];

type Told = { topic: string; payload: unknown } | { id: number; reply: Reply<unknown> };

/** A core in a process of its own, with its threads and files, that can be killed at any moment. */
export class KillableCore {
  /** `told` at everything that the process says. */
  readonly events = new EventEmitter();
  /** Resolves when the process is gone, however that came. */
  readonly ended: Promise<void>;
  private readonly child: ChildProcess;
  private readonly open = new Map<number, (reply: Reply<unknown> | null) => void>();
  private count = 0;

  private constructor(child: ChildProcess) {
    this.child = child;
    this.events.setMaxListeners(0);
    child.on('message', (told: Told) => {
      if ('id' in told) {
        this.open.get(told.id)?.(told.reply);
        this.open.delete(told.id);
      }
      this.events.emit('told', told);
    });
    this.ended = once(child, 'exit').then(() => {
      for (const answer of this.open.values()) answer(null);
      this.open.clear();
    });
  }

  /** `clockOffMs`: how far this computer's clock is off, in all threads of the process. */
  static async start(profileDir: string, serverUrl: string, clockOffMs = 0): Promise<KillableCore> {
    const execArgv = ['--disable-warning=ExperimentalWarning', ...(clockOffMs === 0 ? [] : shiftClock(clockOffMs))];
    const child = fork(entry, [profileDir, serverUrl], { execArgv });
    const core = new KillableCore(child);
    const died = once(child, 'exit').then(([code]) => {
      throw new Error(`the core did not start: ${String(code)}`);
    });
    await Promise.race([once(core.events, 'told'), died]);
    died.catch(() => {});
    return core;
  }

  /** Null: the process was killed before it answered. */
  call<M extends Method>(method: M, args: ArgsOf<M>): Promise<Reply<ResultOf<M>> | null> {
    if (!this.child.connected) return Promise.resolve(null);
    this.count += 1;
    const id = this.count;
    return new Promise((resolve) => {
      this.open.set(id, resolve as (reply: Reply<unknown> | null) => void);
      // A process that was just killed may still count as connected: its end answers.
      this.child.send({ id, method, args }, () => {});
    });
  }

  /** The id under which a command was queued; null when it was refused in words or never answered. */
  async command(name: string, input: unknown): Promise<string | null> {
    const reply = await this.call('command', { name, input } as ArgsOf<'command'>);
    return reply && 'data' in reply ? reply.data.writeId : null;
  }

  /** The answer, or an error with the words of the refusal. */
  async ask<M extends Method>(method: M, args: ArgsOf<M>): Promise<ResultOf<M>> {
    const reply = await this.call(method, args);
    if (!reply || 'error' in reply) throw new Error(`${method}: ${reply ? reply.error.message : 'the process ended'}`);
    return reply.data;
  }

  /** Resolves when everything is saved, or throws with how it stands after `withinMs`. */
  async untilSaved(withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const state = await this.ask('sync.get', {});
      if (state.status === 'saved' && state.pending === 0) return;
      if (performance.now() > deadline) throw new Error(`not saved: ${JSON.stringify(state)}`);
      await this.saysMore(200);
    }
  }

  /** Resolves at the next thing that the process says, or when it has been silent for so long. */
  async saysMore(silenceMs: number): Promise<void> {
    const silence = AbortSignal.timeout(silenceMs);
    await once(this.events, 'told', { signal: silence }).catch((error: unknown) => {
      if (!silence.aborted) throw error;
    });
  }

  /** As when the power goes, but that the disk has what was written. */
  kill(): Promise<void> {
    return this.end(() => this.child.kill('SIGKILL'));
  }

  close(): Promise<void> {
    return this.end(() => this.child.send('stop', () => {}));
  }

  private async end(how: () => void): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    how();
    await this.ended;
  }
}
