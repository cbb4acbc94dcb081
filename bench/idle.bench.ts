import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { atMost, told, type Metric } from './metric.ts';
import { OWNER, startDesktop, startSeededServer } from './stack.ts';

const SECONDS = 65;
const wait = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** A desktop that nobody touches, for a minute and three long polls: processor time of its threads and what it writes to disk. */
export async function run(): Promise<Metric[]> {
  const { server } = await startSeededServer(20_000);
  const desktop = await startDesktop(server.url);
  await desktop.call('session.signIn', OWNER);
  await desktop.untilSaved();
  // What the first sync left to tidy up is tidied.
  await wait(15);
  const before = readFiles(desktop.profileDir);
  const cpu = process.cpuUsage();
  await wait(SECONDS);
  const { user, system } = process.cpuUsage(cpu);
  const after = readFiles(desktop.profileDir);
  const written = Object.keys(after).filter((file) => after[file] !== before[file]);
  const memory = process.memoryUsage().rss;
  await desktop.close();
  await server.stop();
  return [
    atMost('processor time of all threads', '%', ((user + system) / 1000 / (SECONDS * 1000)) * 100, 0.5),
    atMost(`files written to${written.length > 0 ? ` (${written.join(', ')})` : ''}`, 'files', written.length, 0),
    told('memory of the core with 25,000 contacts', 'MB', memory / 1024 ** 2),
  ];
}

function readFiles(dir: string): Record<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const { size, mtimeMs } = statSync(path.join(parentPath, name));
      return [name, `${size} ${mtimeMs}`];
    }),
  );
}
