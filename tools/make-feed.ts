import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Lays out what installed apps look for: the installers, `latest*.yml` of this version, for `staging` percent of them at first, and for
 * each version `versions/<version>/latest*.yml`, by which an app finds the way back to it. `to` may hold the feed before: its versions
 * stay. `from` are folders of electron-builder's output.
 */
export function makeFeed(from: readonly string[], to: string, staging: number): string[] {
  if (!Number.isInteger(staging) || staging < 0 || staging > 100)
    throw new Error(`The share of apps is a whole number from 0 to 100, not ${staging}.`);
  const laid: string[] = [];
  const indexes = new Map<string, string>();
  mkdirSync(to, { recursive: true });
  for (const dir of from)
    for (const name of readdirSync(dir)) {
      if (name.endsWith('.yml') && !name.startsWith('builder-'))
        indexes.set(name, join(indexes.get(name), readFileSync(path.join(dir, name), 'utf8')));
      else if (/\.(exe|dmg|zip|AppImage|deb|rpm|blockmap)$/.test(name)) {
        cpSync(path.join(dir, name), path.join(to, name));
        laid.push(name);
      }
    }
  for (const [name, text] of indexes) laid.push(...layIndex(name, text, to, staging));
  const missing = laid.filter((name) => name.endsWith('.yml')).flatMap((name) => findMissing(to, name));
  if (missing.length > 0) throw new Error(`The feed names files that are not there: ${missing.join(', ')}`);
  return laid;
}

/** Macs of both kinds look into one index: the second build's files stand beside the first's. */
function join(first: string | undefined, second: string): string {
  const files = /^files:\n((?:  .*\n)+)/m.exec(second)?.[1] ?? '';
  return first === undefined ? second : first.replace(/^files:\n(?:  .*\n)+/m, (block) => block + files);
}

function layIndex(name: string, built: string, to: string, staging: number): string[] {
  const text = built.replace(/^stagingPercentage:.*\n/m, '');
  const version = /^version: (\S+)$/m.exec(text)?.[1];
  if (!version || !/^\d+\.\d+\.\d+[\w.-]*$/.test(version)) throw new Error(`${name} names no version.`);
  const older = path.join('versions', version, name);
  mkdirSync(path.join(to, 'versions', version), { recursive: true });
  // Staging is about going forward: whoever has to go back may.
  writeFileSync(path.join(to, older), text.replaceAll(/^( *(?:- )?(?:url|path): )(\S+)$/gm, '$1../../$2'));
  writeFileSync(path.join(to, name), staging < 100 ? `${text.trimEnd()}\nstagingPercentage: ${staging}\n` : text);
  return [name, older];
}

function findMissing(to: string, index: string): string[] {
  const text = readFileSync(path.join(to, index), 'utf8');
  return Array.from(text.matchAll(/^ *(?:- )?url: (\S+)$/gm), ([, url]) =>
    path.join(path.dirname(index), url ?? ''),
  ).filter((file) => !existsSync(path.join(to, file)));
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { to: { type: 'string', default: 'feed' }, staging: { type: 'string', default: '100' } },
  });
  console.log(makeFeed(positionals, values.to, Number(values.staging)).join('\n'));
}
