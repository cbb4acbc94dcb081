import { Zip, ZipDeflate } from 'fflate';

/** An archive of texts, piece by piece. */
export async function* writeZip(
  files: readonly { name: string; texts: () => Iterable<string> }[],
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else ready.push(chunk);
  });
  const take = (): Uint8Array[] => {
    if (failure) throw failure;
    return ready.splice(0);
  };
  for (const { name, texts } of files) {
    const entry = new ZipDeflate(name, { level: 6 });
    zip.add(entry);
    for (const text of texts()) {
      entry.push(Buffer.from(text));
      yield* take();
    }
    entry.push(new Uint8Array(0), true);
    yield* take();
  }
  zip.end();
  yield* take();
}
