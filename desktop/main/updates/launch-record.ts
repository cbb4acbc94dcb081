import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const record = z.object({
  version: z.string(),
  /** What ran before this version; null for the first one. */
  before: z.string().nullable().default(null),
  /** Starts of this version that ended before they had lasted. */
  broken: z.number().int().default(0),
  /** Versions that were given up here, and are not offered again. */
  givenUp: z.array(z.string()).default([]),
  /** Which of them was given up for the version that runs now. */
  returnedFrom: z.string().nullable().default(null),
});

type Kept = z.output<typeof record>;

/** So many starts of a new version in a row that end at once are no accident. */
export const CRASH_LOOP = 3;

/**
 * Remembers how the starts of each version went, because a version that ends at once cannot tell anybody.
 *
 *   started ── lasted a minute, or was closed by the person ──▶ fine
 *      └─ three in a row that did neither, right after an update ──▶ `before` is to be fetched again
 */
export class LaunchRecord {
  private readonly file: string;
  private kept: Kept;

  constructor(file: string, version: string) {
    this.file = file;
    const known = read(file);
    if (known?.version === version) this.kept = known;
    else {
      const returnedFrom = known && known.givenUp.includes(known.version) ? known.version : null;
      this.kept = record.parse({ ...known, version, before: known?.version ?? null, broken: 0, returnedFrom });
    }
    this.kept.broken += 1;
    this.save();
  }

  /** The version to go back to, where this one cannot be started; null while it can, or where there is none. */
  get wayBack(): string | null {
    const { broken, before, givenUp } = this.kept;
    return broken > CRASH_LOOP && before !== null && !givenUp.includes(before) ? before : null;
  }

  get returned(): { from: string; to: string } | null {
    return this.kept.returnedFrom === null ? null : { from: this.kept.returnedFrom, to: this.kept.version };
  }

  isGivenUp(version: string): boolean {
    return this.kept.givenUp.includes(version);
  }

  /** It has lasted, or was closed as it should be. */
  noteFine(): void {
    this.kept.broken = 0;
    this.save();
  }

  giveUp(version: string): void {
    this.kept.givenUp = [...new Set([...this.kept.givenUp, version])];
    this.save();
  }

  private save(): void {
    try {
      writeFileSync(`${this.file}.new`, JSON.stringify(this.kept));
      renameSync(`${this.file}.new`, this.file);
    } catch {
      // A full disk must not keep the app from starting.
    }
  }
}

function read(file: string): Kept | null {
  try {
    return record.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
