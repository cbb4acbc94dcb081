import { LogicalReplicationService, PgoutputPlugin, type Pgoutput } from 'pg-logical-replication';
import type { Logger } from 'pino';
import type { RowChange, TextRow } from './shape-message.ts';

export type WalReader = {
  begin(lsn: bigint, xid: number): void;
  change(table: string, change: RowChange): void;
  truncate(table: string): void;
  /** Columns of a table as the WAL describes them from here on. */
  relation(table: string, columns: readonly string[]): void;
  commit(): void;
  /** The stream broke: the transaction under way will come again. */
  cut(): void;
  /** Everything below is seen and may be acknowledged once it is on disk: answers the position that is. */
  flushed(seen: bigint): bigint;
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

const asText = (value: unknown): unknown => (Buffer.isBuffer(value) ? value.toString('utf8') : value);

/**
 * Follows the WAL through one replication slot and hands whole changes to `reader`, in commit order.
 * Reconnects by itself when the database goes away. Resolves when the stream first runs.
 */
export class WalTail {
  private readonly service: LogicalReplicationService;
  private readonly reader: WalReader;
  private readonly log: Logger;
  private readonly plugin: { slot: string; publication: string };
  private seen = 0n;
  private inTransaction = false;
  private stopped = false;
  private acknowledging: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(options: { url: string; slot: string; publication: string; reader: WalReader; log: Logger }) {
    this.reader = options.reader;
    this.log = options.log;
    this.plugin = { slot: options.slot, publication: options.publication };
    this.service = new LogicalReplicationService(
      { connectionString: options.url, options: TEXT_FORMAT_OPTIONS, application_name: 'switchboard-shapes' },
      { acknowledge: { auto: false, timeoutSeconds: 0 } },
    );
  }

  start(): Promise<void> {
    this.service.on('data', (_lsn: string, message: Pgoutput.Message) => this.receive(message));
    this.service.on('heartbeat', (lsn: string, _time: number, shouldRespond: boolean) => {
      if (!this.inTransaction) this.seen = lsnToBigInt(lsn);
      if (shouldRespond) this.acknowledge();
    });
    this.service.on('error', (error: Error) => this.log.warn({ err: error }, 'the shape log lost the database'));
    this.acknowledging = setInterval(() => this.acknowledge(), 1_000);
    return new Promise((resolve) => {
      this.service.once('start', () => resolve());
      this.running = this.follow();
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.acknowledging);
    this.acknowledge();
    await this.service.destroy().catch(() => {});
    await this.running;
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      const plugin = new PgoutputPlugin({ protoVersion: 1, publicationNames: [this.plugin.publication] });
      await this.service.subscribe(plugin, this.plugin.slot).catch((error: unknown) => {
        if (!this.stopped) this.log.warn({ err: error }, 'the shape log waits for the database');
      });
      if (this.stopped) return;
      this.inTransaction = false;
      this.reader.cut();
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  private receive(message: Pgoutput.Message): void {
    switch (message.tag) {
      case 'begin':
        this.inTransaction = true;
        this.reader.begin(lsnToBigInt(message.commitLsn ?? '0/0'), message.xid);
        return;
      case 'relation':
        // The parser is shared by all rows of the relation; we want the text that Postgres sent.
        for (const column of message.columns) column.parser = asText;
        this.reader.relation(
          message.name,
          message.columns.map(({ name }) => name),
        );
        return;
      case 'insert':
        this.reader.change(message.relation.name, { kind: 'insert', after: message.new as TextRow });
        return;
      case 'update':
        this.reader.change(message.relation.name, {
          kind: 'update',
          before: (message.old ?? message.key ?? message.new) as TextRow,
          after: message.new as TextRow,
        });
        return;
      case 'delete':
        this.reader.change(message.relation.name, { kind: 'delete', before: (message.old ?? message.key) as TextRow });
        return;
      case 'truncate':
        for (const { name } of message.relations) this.reader.truncate(name);
        return;
      case 'commit':
        this.reader.commit();
        this.inTransaction = false;
        this.seen = lsnToBigInt(message.commitEndLsn ?? '0/0');
        return;
      default:
    }
  }

  private acknowledge(): void {
    if (this.service.isStop() || this.seen === 0n) return;
    const flushed = this.reader.flushed(this.seen);
    // The library adds one byte to what it is told.
    if (flushed > 0n) void this.service.acknowledge(lsnToText(flushed - 1n)).catch(() => {});
  }
}
