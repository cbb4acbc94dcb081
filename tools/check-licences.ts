import { existsSync, readFileSync } from 'node:fs';

// Every package of the lock file has a licence that lets the product be used, changed and sold by anybody.
const ALLOWED = new Set([
  'MIT',
  'MIT-0',
  'X11',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'ISC',
  'MPL-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'CC-BY-4.0',
  'CC-BY-3.0',
  'Unlicense',
  'Python-2.0',
  'OFL-1.1',
  'Unicode-3.0',
  'PostgreSQL',
  'Zlib',
  'WTFPL',
]);
type Locked = { license?: string; dev?: boolean; link?: boolean; version?: string };
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };

/** `(MIT OR GPL-3.0)` lets us choose, `MIT AND ISC` does not. */
function isAllowed(expression: string): boolean {
  const text = expression.replaceAll(/[()]/g, ' ').trim();
  if (/\sOR\s/.test(text)) return text.split(/\sOR\s/).some(isAllowed);
  return text.split(/\sAND\s/).every((one) => ALLOWED.has(one.trim().replace(/\+$/, '')));
}

/** The lock file lacks it for some; then the package itself says. */
function licenceOf(at: string, locked: Locked): string | null {
  if (locked.license) return locked.license;
  const file = `${at}/package.json`;
  if (!existsSync(file)) return null;
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8')) as {
    license?: string | { type: string };
    licenses?: { type: string }[];
  };
  if (typeof license === 'string') return license;
  return license?.type ?? (licenses?.map(({ type }) => type).join(' OR ') || null);
}

const problems: string[] = [];
let seen = 0;
for (const [at, locked] of Object.entries(packages)) {
  const name = at.split('node_modules/').at(-1) ?? '';
  if (at === '' || locked.link) continue;
  seen += 1;
  const licence = licenceOf(at, locked);
  if (licence !== null && isAllowed(licence)) continue;
  problems.push(`  ${name}@${locked.version}: ${licence ?? 'no licence named'}${locked.dev ? ' (development)' : ''}`);
}
if (seen < 300) problems.push(`  only ${seen} packages were read: the check itself is broken`);

if (problems.length > 0) {
  console.error(`Licences:\n${problems.join('\n')}`);
  process.exit(1);
}
console.log(`licences of ${seen} packages are allowed`);
