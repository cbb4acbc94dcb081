import Papa from 'papaparse';
import { decodeFile } from './decode-file.ts';
import type { FileHead, KeepRows } from './parse-file.ts';

/** Characters that are read at once. */
const CHUNK = 4_000_000;

export function readCsv(bytes: Uint8Array, keep: KeepRows): FileHead {
  const { text, encoding } = decodeFile(bytes);
  // Excel may name the delimiter in a first line of its own.
  const named = /^sep=(.)\r?\n/i.exec(text);
  let row = 0;
  let headers: string[] | null = null;
  let delimiter = named?.[1] ?? '';
  // Its typings know pieces of remote files alone; it takes texts the same way, and at once.
  const inPieces = {
    delimiter,
    delimitersToGuess: [',', ';', '\t', '|'],
    chunkSize: CHUNK,
    chunk: ({ data, meta }: Papa.ParseResult<string[]>) => {
      delimiter = meta.delimiter;
      const numbered = data.map((cells) => ({ row: (row += 1), cells }));
      const page = numbered.filter(({ cells }) => cells.some((cell) => cell.trim()));
      headers ??= page.shift()?.cells.map((cell) => cell.trim()) ?? null;
      keep(page);
    },
  };
  Papa.parse<string[]>(named ? text.slice(named[0].length) : text, inPieces);
  return { format: null, encoding, delimiter, headers: headers ?? [] };
}
