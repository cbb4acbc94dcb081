import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { SYNCED_TABLES } from '../shared/catalog/synced-tables.ts';
import { SHAPE_RULES } from '../sync-server/compose.ts';
import { readEnv } from '../sync-server/env.ts';

type Service = {
  image?: string;
  build?: { context: string; dockerfile?: string };
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  depends_on?: string[] | Record<string, unknown>;
};

// electron-builder brings the parser.
const require = createRequire(import.meta.url);
const ofBuilder = createRequire(require.resolve('electron-builder/package.json'));
const yaml = createRequire(ofBuilder.resolve('app-builder-lib'))('js-yaml') as { load: (text: string) => unknown };

const text = readFileSync('docker-compose.yml', 'utf8');
const { services, volumes } = yaml.load(text) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};

test('the stack has every part, each an image or a folder that can be built', () => {
  expect(Object.keys(services).toSorted()).toEqual(['asterisk', 'electric', 'postgres', 'proxy', 'server']);
  for (const [name, { image, build }] of Object.entries(services)) {
    const dockerfile = `${build?.context}/${build?.dockerfile ?? 'Dockerfile'}`;
    expect([name, image ?? existsSync(dockerfile)]).toEqual([name, image ?? true]);
    if (build) expect(missingSources(dockerfile, build.context)).toEqual([]);
  }
});

/** What a Dockerfile copies that is not there. */
function missingSources(dockerfile: string, context: string): string[] {
  const lines = readFileSync(dockerfile, 'utf8').matchAll(/^COPY (.+) \S+$/gm);
  return Array.from(lines, ([, sources]) => (sources ?? '').split(' '))
    .flat()
    .filter((source) => !existsSync(`${context}/${source}`));
}

test('what a service waits for and mounts is there', () => {
  for (const { depends_on = [], volumes: mounts = [] } of Object.values(services)) {
    const needed = Array.isArray(depends_on) ? depends_on : Object.keys(depends_on);
    expect(Object.keys(services)).toEqual(expect.arrayContaining(needed));
    for (const mount of mounts) {
      const [source = ''] = mount.split(':');
      expect([source, source.startsWith('.') ? existsSync(source) : source in volumes]).toEqual([source, true]);
    }
  }
});

test('every setting is explained in env.example, and nothing else is', () => {
  const used = new Set(Array.from(text.matchAll(/\$\{(\w+)/g), ([, name]) => name));
  const example = readFileSync('resources/compose/env.example', 'utf8');
  const explained = Array.from(example.matchAll(/^(\w+)=/gm), ([, name]) => name);
  expect(new Set(explained)).toEqual(used);
});

test('only the proxy and the voice ports are open to the network', () => {
  const open = Object.entries(services).flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`));
  expect(open).toEqual(['asterisk 10000-10100:10000-10100/udp', 'proxy 80:80', 'proxy 443:443']);
});

test('the server knows people apart behind the proxy, and its figures are not for all the world', () => {
  const { trustProxy } = readEnv({ TRUST_PROXY: services['server']?.environment?.['TRUST_PROXY'] });
  expect(trustProxy).toBe(1);
  const proxy = readFileSync('resources/compose/Caddyfile', 'utf8');
  expect(proxy).toMatch(/handle \/metrics \{\s*respond 404\s*\}/);
});

test('the page on scaling counts the shapes that a desktop follows today', () => {
  const page = readFileSync('docs/scaling.md', 'utf8');
  const perDevice = SHAPE_RULES.filter(({ scope }) => scope === 'device').length;
  const perPerson = SHAPE_RULES.filter(({ scope }) => scope === 'user').length;
  const counted =
    /(\d+) today, (\d+) of the whole tenant, (\d+) of the person .* and (\d+) of the device/.exec(page)?.slice(1) ?? [];
  expect(counted.map(Number)).toEqual([
    SYNCED_TABLES.length,
    SYNCED_TABLES.length - perDevice - perPerson,
    perPerson,
    perDevice,
  ]);
});

test('Postgres can be followed, and a service that stays away cannot fill its disk', () => {
  expect(text).toMatch(/wal_level=logical/);
  expect(text).toMatch(/max_slot_wal_keep_size=\d+GB/);
});

test('the server is told only what it knows', () => {
  const known = readFileSync('sync-server/env.ts', 'utf8');
  const unknown = Object.keys(services['server']?.environment ?? {}).filter((name) => !known.includes(`${name}:`));
  expect(unknown).toEqual([]);
});
