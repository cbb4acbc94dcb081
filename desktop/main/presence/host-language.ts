import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writePrivately } from '../../core/session/write-privately.ts';
import { wordsIn, type Words } from './words.ts';

const kept = z.object({ language: z.string() });

/**
 * The language outside of the pages: what the page last said it speaks, which the person chose there, kept for what is said before there
 * is a page; else the system's.
 */
export class HostLanguage {
  private readonly file: string;
  private readonly system: readonly string[];
  private chosen: string | null;

  constructor(file: string, system: readonly string[]) {
    this.file = file;
    this.system = system;
    this.chosen = readChosen(file);
  }

  get words(): Words {
    return wordsIn(this.chosen === null ? this.system : [this.chosen]);
  }

  choose(language: string): void {
    if (language === this.chosen) return;
    this.chosen = language;
    writePrivately(this.file, JSON.stringify({ language }));
  }
}

function readChosen(file: string): string | null {
  try {
    return kept.parse(JSON.parse(readFileSync(file, 'utf8'))).language;
  } catch {
    // None yet, or a file that was damaged: the page says it again in a moment.
    return null;
  }
}
