import { appendFileSync, closeSync, fdatasyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { relationOf, type ShapeDefinition, type TextRow } from '../shape-definition.ts';
import { noFault, type Fault } from './fault-point.ts';
import { hashOf, LiveShape } from './live-shape.ts';
import { ShapeIndex } from './shape-index.ts';
import type { TableSchema } from './table-schema.ts';

/** How many shapes are kept, and for how long one that nobody asks for. */
export type CatalogLimits = { readonly mostShapes: number; readonly unaskedMs: number };

const LIMITS: CatalogLimits = { mostShapes: 10_000, unaskedMs: 7 * 86_400_000 };

type Line =
  | { readonly add: ShapeDefinition; readonly hash: string; readonly since: number; readonly askedAt: number }
  | { readonly drop: string };

/**
 * The shapes whose changes are kept. On disk it is a list of additions and drops: adding costs one line, not the whole list.
 *
 * What a crash may do to the list is safe: a lost addition makes its handle unknown, which is answered with 409; a lost drop would
 * promise changes that were not kept, so drops are on disk before anybody relies on them.
 */
export class ShapeCatalog {
  private readonly file: string;
  private readonly limits: CatalogLimits;
  private readonly fault: Fault;
  private readonly byHash = new Map<string, LiveShape>();
  private readonly byKey = new Map<string, LiveShape>();
  private readonly index = new ShapeIndex<LiveShape>();
  private fd: number;
  private lastSince = 0;
  private isLoaded = false;

  constructor(dir: string, limits: CatalogLimits = LIMITS, fault: Fault = noFault) {
    this.file = path.join(dir, 'catalog.jsonl');
    this.limits = limits;
    this.fault = fault;
    this.fd = openSync(this.file, 'a');
  }

  get size(): number {
    return this.byKey.size;
  }

  /** The tables of what is on disk, so that their schemas can be read before `load`. */
  savedTables(): [schema: string, table: string][] {
    return this.readLines().map(({ add }) => [add.schema ?? 'public', add.table]);
  }

  /** Takes up what is on disk. A shape whose table or columns changed since is left out. */
  load(schemas: ReadonlyMap<string, TableSchema>): void {
    for (const { add, hash, since, askedAt } of this.readLines()) {
      this.lastSince = Math.max(this.lastSince, since);
      const schema = schemas.get(relationOf(add));
      if (schema && hashOf(add, schema) === hash) this.put(new LiveShape(add, schema, since, askedAt));
    }
    this.isLoaded = true;
    this.compact();
  }

  find(hash: string): LiveShape | undefined {
    return this.byHash.get(hash);
  }

  findByKey(key: string): LiveShape | undefined {
    return this.byKey.get(key);
  }

  all(): IterableIterator<LiveShape> {
    return this.byKey.values();
  }

  /** Shapes that one of these rows of a table may belong to. */
  candidates(relation: string, rows: readonly TextRow[]): Set<LiveShape> {
    return this.index.candidates(relation, rows);
  }

  ofTable(relation: string): Set<LiveShape> {
    return this.index.ofTable(relation);
  }

  add(definition: ShapeDefinition, schema: TableSchema, now: number): LiveShape {
    this.lastSince = Math.max(now * 1000 + Math.floor(Math.random() * 1000), this.lastSince + 1);
    const shape = new LiveShape(definition, schema, this.lastSince, now);
    this.write([toLine(shape)]);
    this.put(shape);
    return shape;
  }

  /** Forgets shapes for good: on disk when this returns. Their handles are no longer valid. */
  drop(shapes: readonly LiveShape[]): void {
    if (shapes.length === 0) return;
    // Before anything else: when it cannot be written they are not dropped, and who asked for it does so again.
    this.write(shapes.map(({ key }) => ({ drop: key })));
    fdatasyncSync(this.fd);
    for (const shape of shapes) {
      shape.dropped = true;
      this.byKey.delete(shape.key);
      if (this.byHash.get(shape.hash) === shape) this.byHash.delete(shape.hash);
      this.index.remove(shape);
    }
  }

  /** The shapes that nobody asked for in too long; beyond the cap also the longest unasked, a tenth more than need be. */
  stale(now: number): LiveShape[] {
    const oldestFirst = [...this.byKey.values()].toSorted((a, b) => a.askedAt - b.askedAt);
    const tooMany = this.isFull() ? oldestFirst.length - Math.floor(this.limits.mostShapes * 0.9) : 0;
    return oldestFirst.filter(({ askedAt }, i) => i < tooMany || askedAt < now - this.limits.unaskedMs);
  }

  isFull(): boolean {
    return this.byKey.size > this.limits.mostShapes;
  }

  /** Writes the list anew, with when each shape was last asked for. */
  compact(): void {
    const lines = Array.from(this.byKey.values(), (shape) => `${JSON.stringify(toLine(shape))}\n`);
    writeFileSync(`${this.file}.new`, lines.join(''), { flush: true });
    renameSync(`${this.file}.new`, this.file);
    closeSync(this.fd);
    this.fd = openSync(this.file, 'a');
  }

  close(): void {
    // What was never taken up must not be written over: the database was away.
    if (this.isLoaded) this.compact();
    closeSync(this.fd);
  }

  private put(shape: LiveShape): void {
    this.byKey.set(shape.key, shape);
    this.byHash.set(shape.hash, shape);
    this.index.add(shape);
  }

  private write(lines: readonly Line[]): void {
    this.fault('before catalog line');
    // A line that a full disk cut off must not take the next one with it.
    appendFileSync(this.fd, `\n${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    this.fault('after catalog line');
  }

  /** What was added and not dropped. A torn last line is as good as none. */
  private readLines(): Extract<Line, { add: unknown }>[] {
    const kept = new Map<string, Extract<Line, { add: unknown }>>();
    for (const text of readFileSync(this.file, 'utf8').split('\n')) {
      const line = readLine(text);
      if (!line) continue;
      if ('drop' in line) kept.delete(line.drop);
      else kept.set(`${line.hash}-${line.since}`, line);
    }
    return [...kept.values()];
  }
}

const toLine = ({ definition, hash, since, askedAt }: LiveShape): Line => ({ add: definition, hash, since, askedAt });

function readLine(text: string): Line | null {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return null;
  }
}
