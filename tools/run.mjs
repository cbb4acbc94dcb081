// Runs a TypeScript entry point: `node tools/run.mjs tools/check.ts …`. Plain JavaScript, because it must be able to say
// what is wrong on a Node that cannot run TypeScript. On linux-x64 npm brings the right Node; elsewhere it is yours.
import { spawn } from 'node:child_process';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 14)) {
  console.error(
    `Switchboard needs Node 22.14 or newer; this is ${process.versions.node}. Get it from https://nodejs.org`,
  );
  process.exit(1);
}
const stripsTypes = major > 22 || minor >= 18;
const env = { ...process.env };
if (!stripsTypes)
  env.NODE_OPTIONS = `${env.NODE_OPTIONS ?? ''} --experimental-strip-types --no-warnings=ExperimentalWarning`;

const child = spawn(process.execPath, process.argv.slice(2), { stdio: 'inherit', env });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('close', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
