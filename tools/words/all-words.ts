import { globSync } from 'node:fs';
import { heardWords, toldWords } from './heard-words.ts';
import { rendererWords } from './renderer-words.ts';

const isTest = (file: string): boolean => /\.(pg\.|dom\.)?(test|spec)\.tsx?$|\/testing\/|vite\.config/u.test(file);

const filesIn = (patterns: readonly string[]): string[] =>
  globSync([...patterns])
    .filter((file) => !isTest(file))
    .toSorted();

/** Everything a person can read, by its English words: with the endings of plural where a count decides. */
export function allWords(): { plain: Set<string>; counted: Set<string>; heard: Set<string>; early: string[] } {
  const plain = new Set<string>();
  const counted = new Set<string>();
  const early: string[] = [];
  for (const file of filesIn(['desktop/renderer/**/*.{ts,tsx}'])) {
    const found = rendererWords(file);
    for (const word of found.words) (word.counted ? counted : plain).add(word.key);
    early.push(...found.early);
  }
  const heard = new Set(
    filesIn([
      '{shared,sync-server}/**/*.ts',
      'desktop/{core,main,host}/**/*.ts',
      'desktop/renderer/lib/web-socket-bridge.ts',
    ]).flatMap(heardWords),
  );
  for (const file of filesIn(['desktop/renderer/**/*.{ts,tsx}'])) for (const text of toldWords(file)) heard.add(text);
  return { plain, counted, heard, early };
}
