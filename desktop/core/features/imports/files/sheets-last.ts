const END = 0x06054b50;
const ENTRY = 0x02014b50;

/**
 * The same archive with its sheets behind everything else. Excel writes sheets first, and a reader that meets them before the texts they
 * point at would have to put them away on the disk, in plain text. Layout: APPNOTE.TXT 4.3 (PKWARE, 6.3.10).
 */
export function sheetsLast(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const directory = view.getUint32(end + 16, true);
  const count = view.getUint16(end + 10, true);
  const entries: { at: number; isSheet: boolean }[] = [];
  let at = directory;
  for (let nth = 0; nth < count; nth += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY) throw damaged();
    const length = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length));
    entries.push({ at: view.getUint32(at + 42, true), isSheet: /(^|\/)worksheets\/[^/]+\.xml$/i.test(name) });
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  const sorted = entries.toSorted((a, b) => a.at - b.at);
  // What stands between the beginnings of two entries belongs to the first of them, its descriptor too.
  const pieces = sorted.map((entry, nth) => ({
    isSheet: entry.isSheet,
    piece: bytes.subarray(entry.at, sorted[nth + 1]?.at ?? directory),
  }));
  return [
    ...pieces.filter(({ isSheet }) => !isSheet).map(({ piece }) => piece),
    ...pieces.filter(({ isSheet }) => isSheet).map(({ piece }) => piece),
    bytes.subarray(directory),
  ];
}

function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at -= 1)
    if (view.getUint32(at, true) === END) return at;
  throw damaged();
}

const damaged = (): Error => new Error('The archive has no directory that can be read.');
