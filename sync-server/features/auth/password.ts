import { readFileSync } from 'node:fs';
import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../../../shared/kernel/app-error.ts';

/** argon2id with the library's defaults: 19 MiB, two passes (OWASP password storage cheat sheet, read 2026-11). */
export const hashPassword = (password: string): Promise<string> => hash(password);

let decoy: Promise<string> | null = null;

/** Whether the password is right. Takes as long for a person who does not exist (`storedHash` null) as for one who does. */
export async function isPasswordRight(storedHash: string | null, password: string): Promise<boolean> {
  decoy ??= hash('nobody has this password');
  const matches = await verify(storedHash || (await decoy), password);
  return matches && !!storedHash;
}

const LISTED: ReadonlySet<string> = new Set(
  readFileSync(new URL('common-passwords.txt', import.meta.url), 'utf8')
    .split('\n')
    .slice(1),
);
/** Words that make up most of the passwords that are tried first, as they begin once digits and signs are taken away. */
const COMMON =
  /^(password|passwort|passw|contrasena|qwerty|qwertz|azerty|asdf|zxcv|letmein|welcome|willkommen|bienvenid|iloveyou|admin|administrator|football|baseball|basketball|superman|batman|princess|sunshine|monkey|dragon|master|shadow|trustno|starwars|whatever|freedom|michael|jennifer|charlie|computer|internet|samsung|google|changeme|default|secret|test|switchboard|summer|winter|spring|autumn|january|october|november|december)+[a-z]{0,2}$/;
const RUNS = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'qwertzuiop'];

const backwards = (text: string): string => text.split('').toReversed().join('');

/** Refuses a new password that is among the first to be tried, or is made of what everybody knows about its person. */
export function assertUncommon(password: string, known: readonly string[]): void {
  const plain = password
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('@', 'a')
    .replaceAll('0', 'o')
    .replaceAll('$', 's')
    .replaceAll(/[13!|]/g, 'i');
  const letters = plain.replaceAll(/[^\p{L}]/gu, '');
  const raw = password.toLowerCase();
  const own = known.flatMap((one) => one.toLowerCase().split(/[@\s]+/)).filter((part) => part.length >= 4);
  const rest = own.reduce((text, part) => text.replaceAll(part, ''), raw).replaceAll(/[^\p{L}]/gu, '');
  const isCommon =
    LISTED.has(raw) ||
    new Set(raw).size < 4 ||
    RUNS.some((run) => run.includes(raw.slice(0, 9)) || run.includes(backwards(raw).slice(0, 9))) ||
    COMMON.test(letters) ||
    COMMON.test(raw.replaceAll(/[^\p{L}]/gu, '')) ||
    (own.some((part) => raw.includes(part)) && rest.length < 4);
  if (!isCommon) return;
  const message = 'This password is among the first that would be tried. Choose another';
  throw new AppError('invalid_input', `${message}. Nothing was changed.`, {
    fields: { newPassword: message, password: message },
  });
}
