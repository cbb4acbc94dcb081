import { AppError } from '../../../../../shared/kernel/app-error.ts';

/** The text of a file and what it was encoded in. */
export type DecodedFile = { text: string; encoding: string };

const SIGNATURES: readonly [bytes: readonly number[], name: string][] = [
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel workbook (.xls) or one with a password'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture'],
  [[0xff, 0xd8, 0xff], 'a picture'],
  [[0x1f, 0x8b], 'a compressed file'],
];

/**
 * Reads a contact file as text: byte order marks first, then UTF-16 by its zero bytes, then UTF-8, else windows-1252,
 * which is what Excel saves on Windows. Throws `invalid_input` for what is no text at all.
 */
export function decodeFile(bytes: Uint8Array): DecodedFile {
  for (const [signature, name] of SIGNATURES)
    if (signature.every((byte, i) => bytes[i] === byte))
      throw new AppError(
        'invalid_input',
        `This file is ${name}, not a list of contacts as text. Nothing was imported. Save or export it as .xlsx or CSV and drop that file.`,
      );
  const encoding = findEncoding(bytes);
  const text = new TextDecoder(encoding, { fatal: false }).decode(bytes);
  if (text.includes('\u0000'))
    throw new AppError(
      'invalid_input',
      'This file is not text. Nothing was imported. Export the contacts as CSV and drop that file.',
    );
  return { text: text.replace(/^\uFEFF/, ''), encoding };
}

function findEncoding(bytes: Uint8Array): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, 4_000);
  const zeros = [0, 0];
  head.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (odd > head.length / 4) return 'utf-16le';
  if (even > head.length / 4) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}
