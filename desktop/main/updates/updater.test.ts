import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NsisUpdater } from 'electron-updater';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { UpdateState } from '../../../shared/bridge/host-contract.ts';
import { CRASH_LOOP, LaunchRecord } from './launch-record.ts';
import { Updater } from './updater.ts';

// The real electron-updater against a real feed. Only the program that it would start, and Electron's own network, are not there.
const require = createRequire(import.meta.url);
type Download = { options: { cancellationToken: { createPromise: <T>(run: unknown) => Promise<T> } } };
const runtime = createRequire(require.resolve('electron-updater'))('builder-util-runtime') as {
  HttpExecutor: new () => { doDownload: (request: object, options: object, redirects: number) => void };
  configureRequestUrl: (url: URL, options: object) => void;
};

/** As the one for Electron, over Node's own network: it compares what comes with the published sum. */
class NodeExecutor extends runtime.HttpExecutor {
  createRequest(options: unknown, callback: unknown) {
    return request(options as Parameters<typeof request>[0] & object, callback as () => void);
  }
  download(url: URL, destination: string, options: Download['options']): Promise<string> {
    return options.cancellationToken.createPromise<string>(
      (resolve: (file: string) => void, reject: (error: Error) => void, onCancel: unknown) => {
        const target = {};
        runtime.configureRequestUrl(url, target);
        const callback = (error: Error | null) => (error ? reject(error) : resolve(destination));
        this.doDownload(target, { destination, options, onCancel, callback, responseHandler: null }, 0);
      },
    );
  }
}

let dir: string;
let server: Server;
let feed: Map<string, string | Buffer>;
let feedUrl: string;

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'updates-'));
  feed = new Map();
  server = createServer((req, res) => {
    const file = feed.get((req.url ?? '').split('?')[0] ?? '');
    if (file === undefined) res.writeHead(404).end();
    else res.end(file);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  feedUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(dir, { recursive: true, force: true });
});

function publish(version: string, { folder = '', more = '', broken = false, channel = 'latest' } = {}): void {
  const program = Buffer.from(`MZ program of ${version}`);
  const sha512 = createHash('sha512')
    .update(broken ? 'something else' : program)
    .digest('base64');
  const name = `Switchboard-${version}.exe`;
  feed.set(`${folder}/${name}`, program);
  // Each system has a file of its own; the test runs on any.
  for (const system of ['', '-linux', '-linux-arm64', '-mac'])
    feed.set(
      `${folder}/${channel}${system}.yml`,
      `version: ${version}\nfiles:\n  - url: ${name}\n    sha512: ${sha512}\n    size: ${program.length}\npath: ${name}\nsha512: ${sha512}\nreleaseDate: '2026-11-21T00:00:00.000Z'\n${more}`,
    );
}

function open(version: string, channel = 'latest') {
  const states: UpdateState[] = [];
  const done: string[] = [];
  const quits: (() => void)[] = [];
  const port = new NsisUpdater(null, {
    version,
    name: 'switchboard',
    isPackaged: true,
    appUpdateConfigPath: path.join(dir, 'app-update.yml'),
    userDataPath: dir,
    baseCachePath: dir,
    whenReady: async () => {},
    relaunch: () => {},
    quit: () => {},
    onQuit: (handler) => void quits.push(() => handler(0)),
  });
  writeFileSync(
    path.join(dir, 'app-update.yml'),
    'provider: generic\nurl: http://127.0.0.1:1\nupdaterCacheDirName: sb\n',
  );
  port.logger = null;
  port.disableDifferentialDownload = true;
  port.disableWebInstaller = true;
  Object.assign(port, { httpExecutor: new NodeExecutor(), quitAndInstall: () => done.push('started') });
  port.verifyUpdateCodeSignature = async () => null;
  const launches = new LaunchRecord(path.join(dir, 'launches.json'), version);
  const updater = new Updater({
    port,
    feedUrl,
    channel,
    version,
    launches,
    now: () => 7,
    onState: (state) => void states.push(state),
    prepareToQuit: async () => void done.push('written down'),
  });
  return { updater, states, done, launches, port };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a new version is fetched in the background, and starts only when somebody says so', async () => {
  publish('0.2.0');
  const { updater, states, done } = open('0.1.0');
  expect(await updater.check()).toEqual({ status: 'ready', version: '0.2.0' });
  expect(states.map(({ status }) => status)).toEqual(expect.arrayContaining(['checking', 'downloading', 'ready']));
  expect(readdirSync(path.join(dir, 'sb', 'pending'))).toContain('Switchboard-0.2.0.exe');
  expect(done).toEqual([]);
  updater.install();
  await settled();
  expect(done).toEqual(['written down', 'started']);
});

test('nothing newer is no news, and an older one is not offered', async () => {
  publish('0.1.0');
  expect(await open('0.1.0').updater.check()).toEqual({ status: 'current', checkedAt: 7 });
  publish('0.0.9');
  expect(await open('0.1.0').updater.check()).toEqual({ status: 'current', checkedAt: 7 });
});

test('a call or unsent text holds the restart back, and letting go of it lets it happen', async () => {
  publish('0.2.0');
  const { updater, done } = open('0.1.0');
  await updater.check();
  updater.hold('you are on a call');
  expect(updater.install()).toEqual({ status: 'held', version: '0.2.0', because: 'you are on a call' });
  await settled();
  expect(done).toEqual([]);
  updater.hold(null);
  await settled();
  expect(done).toEqual(['written down', 'started']);
});

test('letting go of something restarts nothing that nobody asked for', async () => {
  publish('0.2.0');
  const { updater, done } = open('0.1.0');
  await updater.check();
  updater.hold('you are on a call');
  updater.hold(null);
  await settled();
  expect(done).toEqual([]);
});

test('a download that is not what was published is thrown away, and this version runs on', async () => {
  publish('0.2.0', { broken: true });
  const { updater, done } = open('0.1.0');
  expect(await updater.check()).toMatchObject({
    status: 'failed',
    version: '0.2.0',
    message: /not what was published/,
  });
  expect(updater.install()).toMatchObject({ status: 'failed' });
  await settled();
  expect(done).toEqual([]);
  publish('0.2.0');
  expect(await updater.check()).toEqual({ status: 'ready', version: '0.2.0' });
});

test('a feed out of reach says so', async () => {
  const { updater } = open('0.1.0');
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await updater.check()).toMatchObject({ status: 'failed', version: null, message: /out of reach/ });
});

test('a staged rollout reaches nobody at 0 and everybody at 100 percent', async () => {
  publish('0.2.0', { more: 'stagingPercentage: 0\n' });
  expect(await open('0.1.0').updater.check()).toMatchObject({ status: 'current' });
  publish('0.2.0', { more: 'stagingPercentage: 100\n' });
  expect(await open('0.1.0').updater.check()).toMatchObject({ status: 'ready' });
});

test('each channel has versions of its own', async () => {
  publish('0.1.0');
  publish('0.3.0-beta.1', { channel: 'beta' });
  expect(await open('0.1.0').updater.check()).toMatchObject({ status: 'current' });
  expect(await open('0.1.0', 'beta').updater.check()).toEqual({ status: 'ready', version: '0.3.0-beta.1' });
});

test('a version that the feed takes back is replaced by the older one it names', async () => {
  publish('0.1.9');
  feed.set('/rollback.json', JSON.stringify({ from: ['0.2.0'], to: '0.1.9' }));
  expect(await open('0.2.0').updater.check()).toEqual({ status: 'ready', version: '0.1.9' });
  expect(await open('0.3.0').updater.check()).toMatchObject({ status: 'current' });
});

test('a version that ends at once again and again is given up for the one before, which says so and does not take it again', async () => {
  open('0.1.0').launches.noteFine();
  publish('0.2.0');
  publish('0.1.0', { folder: '/versions/0.1.0' });
  for (let start = 1; start <= CRASH_LOOP; start += 1) expect(open('0.2.0').launches.wayBack).toBeNull();
  const { updater, launches, done } = open('0.2.0');
  expect(launches.wayBack).toBe('0.1.0');
  expect(await updater.goBack('0.1.0')).toEqual({ status: 'ready', version: '0.1.0' });
  await settled();
  expect(done).toEqual(['written down', 'started']);
  const back = open('0.1.0');
  expect(back.updater.state).toEqual({ status: 'returned', from: '0.2.0', to: '0.1.0' });
  expect(await back.updater.check()).toMatchObject({ status: 'current' });
  publish('0.2.1');
  expect(await back.updater.check()).toEqual({ status: 'ready', version: '0.2.1' });
});

test('a start that lasted, or the very first version, is no reason to go back', () => {
  for (let start = 0; start < 9; start += 1) expect(open('0.1.0').launches.wayBack).toBeNull();
  for (let start = 0; start < 9; start += 1) {
    const { launches } = open('0.2.0');
    expect(launches.wayBack).toBeNull();
    launches.noteFine();
  }
});
