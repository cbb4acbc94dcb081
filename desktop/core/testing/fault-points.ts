import Database from 'better-sqlite3';

/** The process is gone: only what was committed is left. */
export class Crash extends Error {}

export type Fault = 'crash' | 'full disk';

type Self = { source: string };
type Method = (this: Self, ...values: unknown[]) => unknown;

const COUNTED = ['run', 'get', 'all', 'iterate'] as const;
/**
 * Every SQL statement of this process is a point where it may fail, BEGIN and COMMIT among them. Sits below the product, on the
 * database driver itself, so nothing that the product runs can go round it.
 */
export class FaultPoints {
  private readonly undo: (() => void)[] = [];
  private recorded: string[] | null = null;
  private failIn = Infinity;
  private how: Fault = 'crash';

  constructor() {
    const probe = new Database(':memory:');
    const statement = Object.getPrototypeOf(probe.prepare('SELECT 1')) as Record<string, Method>;
    probe.close();
    for (const name of COUNTED) this.replace(statement, name, (self) => self.source);
    const database = Database.prototype as unknown as Record<string, Method>;
    this.replace(database, 'exec', (_, source) => String(source));
  }

  private replace(on: Record<string, Method>, name: string, sourceOf: (self: Self, first: unknown) => string): void {
    const original = on[name];
    if (!original) throw new Error(`no ${name} on a statement`);
    const meet = (source: string) => this.meet(source);
    on[name] = function counted(...values) {
      meet(sourceOf(this, values[0]));
      return original.apply(this, values);
    };
    this.undo.push(() => (on[name] = original));
  }

  private meet(source: string): void {
    this.recorded?.push(source);
    this.failIn -= 1;
    if (this.failIn !== 0) return;
    if (this.how === 'crash') throw new Crash(`at ${source}`);
    throw new Database.SqliteError(`database or disk is full, at ${source}`, 'SQLITE_FULL');
  }

  /** The points that `work` passes when nothing fails, by their number from 1. */
  record(work: () => void): number[] {
    const recorded: string[] = [];
    this.recorded = recorded;
    try {
      work();
    } finally {
      this.recorded = null;
    }
    return worthTrying(recorded);
  }

  /** Runs `work` with a failure at its nth point. Answers whether it came to that. */
  failAt(nth: number, how: Fault, work: () => void): boolean {
    this.failIn = nth;
    this.how = how;
    try {
      work();
      return false;
    } catch (error) {
      if (error instanceof Crash || (error instanceof Database.SqliteError && error.code === 'SQLITE_FULL'))
        return true;
      throw error;
    } finally {
      this.failIn = Infinity;
    }
  }

  remove(): void {
    for (const undo of this.undo) undo();
  }
}

/** Of a statement that a transaction repeats for every row the first and the last are tried: those between differ in no way. */
function worthTrying(statements: readonly string[]): number[] {
  const worth = new Set<number>();
  let seen = new Map<string, [first: number, last: number]>();
  const close = () => {
    for (const [first, last] of seen.values()) worth.add(first).add(last);
    seen = new Map();
  };
  statements.forEach((source, i) => {
    if (source.startsWith('BEGIN')) close();
    seen.set(source, [seen.get(source)?.[0] ?? i + 1, i + 1]);
  });
  close();
  return [...worth].sort((a, b) => a - b);
}
