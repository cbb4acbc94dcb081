import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export type ReadMail = { to: string; subject: string; text: string; html: string };

/** Mails that a server without a mail server keeps below its data directory, newest first. */
export async function readMails(dataDir: string, to?: string): Promise<ReadMail[]> {
  const dir = path.join(dataDir, 'mail');
  const names = (await readdir(dir).catch((): string[] => []))
    .filter((name) => name.endsWith('.json'))
    .toSorted((a, b) => b.localeCompare(a));
  const mails = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(path.join(dir, name), 'utf8')) as ReadMail),
  );
  return to === undefined ? mails : mails.filter((mail) => mail.to === to);
}

export const linkIn = (mail: ReadMail | undefined): string => /https?:\/\/\S+/.exec(mail?.text ?? '')?.[0] ?? '';
