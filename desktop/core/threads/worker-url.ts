import { existsSync } from 'node:fs';

const CORE = new URL('../', import.meta.url);

/** A worker of the core: TypeScript when Node runs the sources; in the packed app a bundle beside the one that asks. */
export function workerUrl(name: 'engine-worker' | 'reader-worker' | 'checkpoint-worker'): URL {
  const source = new URL(`${name}.ts`, CORE);
  return existsSync(source) ? source : new URL(`./${name}.js`, import.meta.url);
}
