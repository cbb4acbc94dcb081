/** Chunks of a snapshot are numbered within its own block of op numbers: `0_<snapshot * BLOCK + chunk>`. */
const BLOCK = 100_000;

export type ShapeOffset =
  | { readonly at: 'start' }
  | { readonly at: 'chunk'; readonly snapshot: number; readonly chunk: number }
  | { readonly at: 'log'; readonly lsn: bigint; readonly op: number; readonly fromSnapshot: boolean };

export type ShapeRequest = { offset: ShapeOffset; handle: string; live: boolean; cursor: string };

/** What the protocol's query asks for, or the errors by field, in Electric's words. */
export function readShapeRequest(query: Record<string, unknown>): ShapeRequest | { errors: Record<string, string[]> } {
  const text = (name: string) => (typeof query[name] === 'string' ? (query[name] as string) : '');
  const offset = readOffset(text('offset'));
  const live = query['live'] !== undefined && query['live'] !== 'false';
  if (text('offset') === '') return { errors: { offset: ["can't be blank"] } };
  if (!offset) return { errors: { offset: ['has invalid format'] } };
  if (offset.at === 'start' && live) return { errors: { live: ["can't be true when offset == -1"] } };
  if (offset.at !== 'start' && text('handle') === '')
    return { errors: { handle: ["can't be blank when offset != -1"] } };
  return { offset, live, handle: text('handle'), cursor: text('cursor') };
}

function readOffset(text: string): ShapeOffset | null {
  if (text === '-1') return { at: 'start' };
  const [, lsn, op] = /^(\d{1,20})_(\d{1,15}|inf)$/.exec(text) ?? [];
  if (lsn === undefined || op === undefined) return null;
  if (op === 'inf') return { at: 'log', lsn: BigInt(lsn), op: Number.MAX_SAFE_INTEGER, fromSnapshot: true };
  if (lsn === '0' && Number(op) >= BLOCK)
    return { at: 'chunk', snapshot: Math.floor(Number(op) / BLOCK), chunk: Number(op) % BLOCK };
  return { at: 'log', lsn: BigInt(lsn), op: Number(op), fromSnapshot: false };
}

export const chunkOffset = (snapshot: number, chunk: number): string => `0_${snapshot * BLOCK + chunk}`;

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
