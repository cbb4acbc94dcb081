/** Where a client stands, as the protocol's offsets tell it: `-1`, `now`, `0_<chunks it has of the snapshot>`, `<lsn>_<op>`. */
export type ShapeOffset =
  | { readonly at: 'start' }
  | { readonly at: 'now' }
  | { readonly at: 'chunk'; readonly next: number }
  | { readonly at: 'log'; readonly lsn: bigint; readonly op: number };

export type ShapeRequest = {
  readonly offset: ShapeOffset;
  readonly offsetText: string;
  readonly handle: string;
  /** A handle that the client will not take again. */
  readonly expiredHandle: string;
  readonly live: boolean;
  readonly cursor: string;
};

export type RequestErrors = { readonly errors: Readonly<Record<string, readonly string[]>> };

/** What the protocol's query asks for, or the errors by field, in Electric's words. */
export function readShapeRequest(query: Record<string, unknown>): ShapeRequest | RequestErrors {
  const text = (name: string) => (typeof query[name] === 'string' ? (query[name] as string) : '');
  const offsetText = text('offset');
  const offset = readOffset(offsetText);
  const live = query['live'] !== undefined && query['live'] !== 'false';
  if (offsetText === '') return { errors: { offset: ["can't be blank"] } };
  if (!offset) return { errors: { offset: ['has invalid format'] } };
  const begins = offset.at === 'start' || offset.at === 'now';
  if (begins && live) return { errors: { live: [`can't be true when offset == ${offsetText}`] } };
  if (!begins && text('handle') === '') return { errors: { handle: ["can't be blank when offset != -1"] } };
  return {
    offset,
    offsetText,
    live,
    handle: text('handle'),
    expiredHandle: text('expired_handle'),
    cursor: text('cursor'),
  };
}

function readOffset(text: string): ShapeOffset | null {
  if (text === '-1') return { at: 'start' };
  if (text === 'now') return { at: 'now' };
  const [, lsn, op] = /^(\d{1,20})_(\d{1,15}|inf)$/.exec(text) ?? [];
  if (lsn === undefined || op === undefined) return null;
  if (BigInt(lsn) === 0n) return { at: 'chunk', next: op === 'inf' ? Number.MAX_SAFE_INTEGER : Number(op) + 1 };
  return { at: 'log', lsn: BigInt(lsn), op: op === 'inf' ? Number.MAX_SAFE_INTEGER : Number(op) };
}

export const chunkOffset = (chunk: number): string => `0_${chunk}`;

export const logOffset = ({ lsn, op }: { lsn: bigint; op: number }): string =>
  `${lsn}_${op === Number.MAX_SAFE_INTEGER ? 'inf' : op}`;

const CURSOR_EPOCH_SECONDS = Date.UTC(2024, 9, 9) / 1000;

/**
 * The cursor of a live answer: the end of the current long-poll interval, so that clients share cached answers,
 * and always past the one the client had (Electric sync-service, plug/utils.ex).
 */
export function nextCursor(previous: string, nowMs: number, pollSeconds: number): string {
  const since = nowMs / 1000 - CURSOR_EPOCH_SECONDS;
  const cursor = Math.ceil(since / pollSeconds) * pollSeconds;
  return String(cursor > Number(previous || 0) ? cursor : Number(previous) + 1 + Math.floor(since % 3600));
}
