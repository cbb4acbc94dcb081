import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Mailer } from '../../ports/mail.ts';

const keptMail = z.object({
  id: z.string(),
  at: z.number(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
});
export type KeptMail = z.output<typeof keptMail>;

/** Older ones go. */
const MOST_KEPT = 200;

/** None where the text was cut off while it was written. */
function readMail(text: string): KeptMail[] {
  try {
    return [keptMail.parse(JSON.parse(text))];
  } catch {
    return [];
  }
}

/** Mails when no server for them is configured: kept in a folder that only the server's own user may read, and shown on a page. */
export class OutboxMailer implements Mailer {
  readonly mode = 'sandbox';
  private readonly dir: string;
  private readonly now: () => number;

  constructor(dataDir: string, now: () => number = Date.now) {
    this.dir = path.join(dataDir, 'mail');
    this.now = now;
  }

  readonly send: Mailer['send'] = async (mail) => {
    await mkdir(this.dir, { recursive: true, mode: 0o700 });
    const at = this.now();
    const id = `${String(at).padStart(15, '0')}-${randomUUID()}`;
    const file = path.join(this.dir, id);
    // Whoever reads meanwhile finds a whole mail or none.
    await writeFile(`${file}.part`, JSON.stringify({ id, at, ...mail }), { mode: 0o600 });
    await rename(`${file}.part`, `${file}.json`);
    for (const name of (await this.names()).slice(MOST_KEPT)) await rm(path.join(this.dir, name), { force: true });
    return { status: 'sent', id };
  };

  readonly check: Mailer['check'] = async () => null;

  /** Newest first. */
  async list(): Promise<KeptMail[]> {
    const files = await Promise.all(
      (await this.names()).map((name) => readFile(path.join(this.dir, name), 'utf8').catch(() => null)),
    );
    return files.flatMap((text) => (text === null ? [] : readMail(text)));
  }

  private async names(): Promise<string[]> {
    const names = await readdir(this.dir).catch(() => []);
    return names
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .toReversed();
  }
}
