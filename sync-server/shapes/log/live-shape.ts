import { createHash } from 'node:crypto';
import type { ShapeDefinition } from '../shape-definition.ts';
import type { MessageShape } from './shape-message.ts';
import type { ShapeSnapshot } from './shape-snapshot.ts';
import type { TableSchema } from './table-schema.ts';

/** The definition's identity: the same for the same rows, columns and column types, whoever asks and after every restart. */
export function hashOf(definition: ShapeDefinition, schema: TableSchema): string {
  const text = JSON.stringify([definition, schema.oid, ...columnsOf(definition, schema)]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The columns of a shape that exist, with their schemas. */
const columnsOf = ({ columns }: ShapeDefinition, schema: TableSchema) =>
  columns.flatMap((name) => {
    const column = schema.columns[name];
    return column ? [[name, column] as const] : [];
  });

/**
 * A shape that somebody asked for: from `since` on every change of its rows is in the journal under `key`. When that can no longer be
 * promised (truncate, altered column, lost slot, nobody asked for long) it is dropped, and the next request makes a new one,
 * whose key differs. Handles begin with the key, so a dropped shape's handles are recognised and answered with 409.
 */
export class LiveShape implements MessageShape {
  readonly definition: ShapeDefinition;
  readonly hash: string;
  /** Microseconds, never used twice. */
  readonly since: number;
  readonly key: string;
  readonly keys: readonly string[];
  readonly hasPrimaryKey: boolean;
  readonly padded: ReadonlySet<string>;
  /** The `electric-schema` header. */
  readonly schemaText: string;
  snapshots: ShapeSnapshot[] = [];
  askedAt: number;
  dropped = false;
  /** Counts how often its readers were told to ask again. */
  woken = 0;
  private readonly waiting = new Set<() => void>();

  constructor(definition: ShapeDefinition, schema: TableSchema, since: number, askedAt: number) {
    this.definition = definition;
    this.hash = hashOf(definition, schema);
    this.since = since;
    this.askedAt = askedAt;
    this.key = `${this.hash}-${since}`;
    this.keys = schema.keys;
    this.hasPrimaryKey = schema.hasPrimaryKey;
    const columns = columnsOf(definition, schema);
    this.padded = new Set(columns.flatMap(([name, { type, dims }]) => (type === 'bpchar' && !dims ? [name] : [])));
    this.schemaText = JSON.stringify(Object.fromEntries(columns));
  }

  /** A handle names the shape and one of its snapshots; `alias` tells apart handles of one snapshot that must differ. */
  handleOf(snapshot: number, alias = 0): string {
    return `${this.key}-${snapshot}${alias ? `-${alias}` : ''}`;
  }

  /** The snapshot a handle names, or null when the handle is not of this shape or the shape was dropped. */
  readHandle(handle: string): number | null {
    if (this.dropped || !handle.startsWith(`${this.key}-`)) return null;
    const [, snapshot] = /^-(\d{1,16})(?:-\d{1,16})?$/.exec(handle.slice(this.key.length)) ?? [];
    return snapshot === undefined ? null : Number(snapshot);
  }

  /** Resolves when something of this shape is committed, or it is dropped or woken, or `signal` fires. */
  waitForChange(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.waiting.add(done);
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted || this.dropped) done();
    });
  }

  wake(): void {
    for (const resume of Array.from(this.waiting)) resume();
  }
}
