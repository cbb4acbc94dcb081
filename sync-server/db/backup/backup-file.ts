import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  scryptSync,
  timingSafeEqual,
} from 'node:crypto';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { AppError } from '../../../shared/kernel/app-error.ts';

/*
 * One file:
 *
 *   header line (JSON) │ gzip of the content, AES-256-GCM over it where there is a passphrase │ tag │ SHA-256 of all before it
 */
const FORMAT = 1;
const TAG_BYTES = 16;
const SUM_BYTES = 32;
const MOST_HEADER_BYTES = 4_096;

const header = z.object({
  switchboard: z.literal('backup'),
  format: z.number(),
  /** Null where the content is not encrypted. `check` tells a wrong passphrase before anything is read. */
  lock: z.object({ salt: z.string(), iv: z.string(), check: z.string() }).nullable(),
});

const damaged = () =>
  new AppError(
    'invalid_input',
    'This backup is damaged: its checksum is not the one it was written with. Nothing was changed. Use another copy of it.',
  );

const deriveKey = (passphrase: string, salt: Buffer): Buffer =>
  scryptSync(passphrase, salt, 32, { N: 2 ** 16, r: 8, p: 1, maxmem: 2 ** 27 });
const checkOf = (key: Buffer): Buffer => createHmac('sha256', key).update('switchboard backup').digest();

/**
 * Writes a backup whose content `fill` provides. Readable by its owner alone: the secrets of the server are in it. The file appears
 * under its name when it is whole and on disk, and never takes the place of another.
 */
export async function writeBackupFile(
  file: string,
  passphrase: string | null,
  fill: (sink: Writable) => Promise<void>,
): Promise<void> {
  if (existsSync(file))
    throw new AppError('conflict', `${file} exists already. Nothing was changed. Choose another name.`);
  const part = `${file}.part`;
  rmSync(part, { force: true });
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const key = passphrase === null ? null : deriveKey(passphrase, salt);
  const lock = key && { salt: salt.toString('hex'), iv: iv.toString('hex'), check: checkOf(key).toString('hex') };
  const cipher = key && createCipheriv('aes-256-gcm', key, iv);
  const head = Buffer.from(`${JSON.stringify({ switchboard: 'backup', format: FORMAT, lock })}\n`);
  const sum = createHash('sha256').update(head);
  const summing = new Transform({
    transform(chunk: Buffer, _, next) {
      sum.update(chunk);
      next(null, chunk);
    },
  });
  const gzip = createGzip({ level: 4 });
  const out = createWriteStream(part, { mode: 0o600 });
  out.write(head);
  try {
    const written = cipher ? pipeline(gzip, cipher, summing, out) : pipeline(gzip, summing, out);
    // Where writing fails, what fills it learns of that by the stream.
    await Promise.all([
      fill(gzip).then(
        () => gzip.end(),
        (error: Error) => gzip.destroy(error),
      ),
      written,
    ]);
    const tag = cipher?.getAuthTag() ?? Buffer.alloc(0);
    await appendFile(part, Buffer.concat([tag, sum.update(tag).digest()]), { flush: true });
    renameSync(part, file);
    syncFolder(path.dirname(file));
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** A backup whose checksum is right, ready to be read. Throws in words: no backup, damaged, of a newer format, passphrase wrong. */
export async function openBackupFile(file: string, passphrase: string | null): Promise<Readable> {
  if (!existsSync(file)) throw new AppError('not_found', `There is no file ${file}. Nothing was changed.`);
  const { parsed, bytes: headBytes } = readHeader(file);
  if (parsed.format > FORMAT)
    throw new AppError(
      'not_allowed_now',
      'This backup was made by a newer Switchboard. Nothing was changed. Update Switchboard, then restore it.',
    );
  const size = statSync(file).size;
  await assertSum(file, size);
  const key = parsed.lock ? unlock(parsed.lock, passphrase) : null;
  const end = size - SUM_BYTES - (key ? TAG_BYTES : 0);
  const body = createReadStream(file, { start: headBytes, end: end - 1 });
  const gunzip = createGunzip();
  if (key && parsed.lock) {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(parsed.lock.iv, 'hex'));
    decipher.setAuthTag(readAt(file, end, TAG_BYTES));
    pipeline(body, decipher, gunzip).catch((error: Error) => gunzip.destroy(error));
  } else pipeline(body, gunzip).catch((error: Error) => gunzip.destroy(error));
  return gunzip;
}

/** Makes the new name survive a power cut. Windows has no such call and needs none. */
function syncFolder(dir: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function readHeader(file: string): { parsed: z.output<typeof header>; bytes: number } {
  const begin = readAt(file, 0, Math.min(MOST_HEADER_BYTES, statSync(file).size));
  const end = begin.indexOf(10);
  const parsed = header.safeParse(end < 0 ? null : parseJson(begin.subarray(0, end).toString()));
  if (!parsed.success)
    throw new AppError(
      'invalid_input',
      'This file is no backup of Switchboard, or its beginning is damaged. Nothing was changed.',
    );
  return { parsed: parsed.data, bytes: end + 1 };
}

function unlock(lock: { salt: string; check: string }, passphrase: string | null): Buffer {
  if (passphrase === null)
    throw new AppError(
      'unauthenticated',
      'This backup is encrypted. Nothing was changed. Set BACKUP_PASSPHRASE, or name a file that holds the passphrase with --passphrase-file.',
    );
  const key = deriveKey(passphrase, Buffer.from(lock.salt, 'hex'));
  if (!timingSafeEqual(checkOf(key), Buffer.from(lock.check, 'hex')))
    throw new AppError('unauthenticated', 'The passphrase is not the one of this backup. Nothing was changed.');
  return key;
}

async function assertSum(file: string, size: number): Promise<void> {
  if (size < SUM_BYTES + TAG_BYTES) throw damaged();
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(file, { end: size - SUM_BYTES - 1 })) sum.update(chunk as Buffer);
  if (!timingSafeEqual(sum.digest(), readAt(file, size - SUM_BYTES, SUM_BYTES))) throw damaged();
}

function readAt(file: string, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  const fd = openSync(file, 'r');
  try {
    const read = readSync(fd, bytes, 0, length, at);
    return bytes.subarray(0, read);
  } finally {
    closeSync(fd);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
