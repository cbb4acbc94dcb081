import { readFileSync } from 'node:fs';

// npm drops a platform package silently where a registry lacks that version, and then `npm ci` refuses the lock elsewhere.
type Locked = { version?: string; optionalDependencies?: Record<string, string> };
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };

const missing = Object.entries(packages).flatMap(([at, { version, optionalDependencies }]) =>
  Object.keys(optionalDependencies ?? {})
    .filter((name) => !packages[`${at ? `${at}/` : ''}node_modules/${name}`] && !packages[`node_modules/${name}`])
    .map((name) => `  ${at || '(root)'}@${version} needs ${name}`),
);

if (missing.length > 0) {
  console.error(`package-lock.json is not complete for every platform:\n${missing.join('\n')}`);
  process.exit(1);
}
