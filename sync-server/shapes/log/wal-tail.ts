import { LogicalReplicationService, PgoutputPlugin, type Pgoutput } from 'pg-logical-replication';
import type { Logger } from 'pino';
import { relationName, type TextRow } from '../shape-definition.ts';
import { noFault, type Fault } from './fault-point.ts';
import type { RowChange } from './shape-message.ts';
import { columnSignature } from './table-schema.ts';

/** A table as the WAL describes it from here on. `signature` is each column's type. */
export type WalRelation = {
  readonly oid: number;
  readonly name: string;
  readonly signature: Readonly<Record<string, string>>;
};

/** Tables go by their full names (`relationName`). */
export type WalReader = {
  /** Before the stream runs, also after it broke: the slot to follow. Rejects when there is none to be had now. */
  openSlot(): Promise<string>;
  begin(lsn: bigint, xid: number): void;
  change(table: string, change: RowChange): void;
  truncate(table: string): void;
  relation(relation: WalRelation): void;
  commit(): void;
  /** The stream broke: the transaction under way will come again. */
  cut(): void;
  /** Everything below is seen and may be acknowledged once it is on disk: answers the position that is. */
  flushed(seen: bigint): bigint;
  /** Everything below has been received; nothing of it need be on disk. */
  received(seen: bigint): void;
};

export const lsnToBigInt = (lsn: string): bigint => {
  const [high = '0', low = '0'] = lsn.split('/');
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
};

const lsnToText = (lsn: bigint): string =>
  `${(lsn >> 32n).toString(16).toUpperCase()}/${(lsn & 0xffff_ffffn).toString(16).toUpperCase()}`;

/** Values as every session of the shape log writes them, snapshot and stream alike. */
export const TEXT_FORMAT_OPTIONS =
  '-c TimeZone=UTC -c DateStyle=ISO,DMY -c IntervalStyle=iso_8601 -c extra_float_digits=1 -c bytea_output=hex';

const names = new WeakMap<Pgoutput.MessageRelation, string>();

function nameOf(relation: Pgoutput.MessageRelation): string {
  const name = names.get(relation) ?? relationName(relation.schema, relation.name);
  names.set(relation, name);
  return name;
}

const asText = (value: unknown): unknown => (Buffer.isBuffer(value) ? value.toString('utf8') : value);

const isSystemError = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && typeof error.syscall === 'string';

/**
 * Follows the WAL through one replication slot and hands whole changes to `reader`, in commit order.
 * Reconnects by itself when the database goes away. Resolves when the stream first runs.
 */
export class WalTail {
  private readonly service: LogicalReplicationService;
  private readonly reader: WalReader;
  private readonly log: Logger;
  private readonly publication: string;
  private readonly fault: Fault;
  private seen = 0n;
  private inTransaction = false;
  /** What was received could not be written: the rest of this stream is not looked at. */
  private broken = false;
  private stopped = false;
  private acknowledging: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(options: { url: string; publication: string; reader: WalReader; log: Logger; fault?: Fault }) {
    this.reader = options.reader;
    this.log = options.log;
    this.publication = options.publication;
    this.fault = options.fault ?? noFault;
    this.service = new LogicalReplicationService(
      { connectionString: options.url, options: TEXT_FORMAT_OPTIONS, application_name: 'switchboard-shapes' },
      { acknowledge: { auto: false, timeoutSeconds: 0 } },
    );
  }

  async start(): Promise<void> {
    const slot = await this.reader.openSlot();
    this.service.on('data', (_lsn: string, message: Pgoutput.Message) => this.orBreak(() => this.receive(message)));
    this.service.on('heartbeat', (lsn: string, _time: number, shouldRespond: boolean) => {
      if (!this.inTransaction && !this.broken) this.reach(lsnToBigInt(lsn));
      if (shouldRespond) this.acknowledge();
    });
    this.service.on('error', (error: Error) => this.log.warn({ err: error }, 'the shape log lost the database'));
    this.acknowledging = setInterval(() => this.acknowledge(), 1_000);
    await new Promise<void>((resolve) => {
      this.service.once('start', () => resolve());
      this.running = this.follow(slot);
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.acknowledging);
    this.acknowledge();
    await this.service.destroy().catch(() => {});
    await this.running;
  }

  private async follow(first: string): Promise<void> {
    let slot: string | null = first;
    while (!this.stopped) {
      // Beginning at 0/0 means: where the slot stands. The library would go on from what it heard last, of a database that may be gone.
      if (slot) {
        this.broken = false;
        const plugin = new PgoutputPlugin({ protoVersion: 1, publicationNames: [this.publication] });
        await this.service.subscribe(plugin, slot, '0/0').catch((error: unknown) => {
          if (!this.stopped) this.log.warn({ err: error }, 'the shape log waits for the database');
        });
      }
      if (this.stopped) return;
      this.inTransaction = false;
      this.seen = 0n;
      this.reader.cut();
      await new Promise((resolve) => setTimeout(resolve, 500));
      slot = await this.reader.openSlot().catch((error: unknown) => {
        if (!this.stopped) this.log.warn({ err: error }, 'the shape log waits for the database');
        return null;
      });
    }
  }

  /** A disk that is full or gone ends this stream, not the process: what was not written comes again on the next one. */
  private orBreak(work: () => void): void {
    if (this.broken) return;
    try {
      work();
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.log.error({ err: error }, 'the shape log cannot write what changed, so desktops wait; it tries again');
      this.broken = true;
      void this.service.stop().catch(() => {});
    }
  }

  /** What is on disk; 0 while nothing can be written, and then the database keeps it for us. */
  private flush(): bigint {
    try {
      return this.reader.flushed(this.seen);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.log.error({ err: error }, 'the shape log cannot write to its disk; it tries again');
      return 0n;
    }
  }

  private reach(seen: bigint): void {
    this.seen = seen;
    this.reader.received(seen);
  }

  private receive(message: Pgoutput.Message): void {
    switch (message.tag) {
      case 'begin':
        this.inTransaction = true;
        // The parser reads it as signed.
        this.reader.begin(lsnToBigInt(message.commitLsn ?? '0/0'), message.xid >>> 0);
        return;
      case 'relation':
        // The parser is shared by all rows of the relation; we want the text that Postgres sent.
        for (const column of message.columns) column.parser = asText;
        this.reader.relation({
          oid: message.relationOid >>> 0,
          name: nameOf(message),
          signature: Object.fromEntries(
            message.columns.map(({ name, typeOid, typeMod }) => [name, columnSignature(typeOid, typeMod)]),
          ),
        });
        return;
      case 'insert':
        this.reader.change(nameOf(message.relation), { kind: 'insert', after: message.new as TextRow });
        return;
      case 'update':
        this.reader.change(nameOf(message.relation), {
          kind: 'update',
          before: (message.old ?? message.key ?? message.new) as TextRow,
          after: message.new as TextRow,
        });
        return;
      case 'delete':
        this.reader.change(nameOf(message.relation), {
          kind: 'delete',
          before: (message.old ?? message.key) as TextRow,
        });
        return;
      case 'truncate':
        for (const relation of message.relations) this.reader.truncate(nameOf(relation));
        return;
      case 'commit':
        this.reader.commit();
        this.inTransaction = false;
        this.reach(lsnToBigInt(message.commitEndLsn ?? '0/0'));
        return;
      default:
    }
  }

  private acknowledge(): void {
    if (this.service.isStop() || this.seen === 0n) return;
    const flushed = this.flush();
    // The library adds one byte to what it is told.
    if (flushed === 0n) return;
    this.fault('before acknowledge');
    void this.service
      .acknowledge(lsnToText(flushed - 1n))
      .then(() => this.fault('after acknowledge'))
      .catch(() => {});
  }
}
