import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const STOP_LINES = 400;
const STOP_FILES = 20;

const ALLOW_LIST = 'tools/size-allow-list.json';
const allowed = JSON.parse(readFileSync(ALLOW_LIST, 'utf8')) as Record<string, string>;

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file && existsSync(file));
const sources = tracked.filter((file) => !/\.(test|spec)\.tsx?$/.test(file));

const problems: string[] = [];
const needed = new Set<string>();

const report = (name: string, problem: string) => {
  if (allowed[name]) needed.add(name);
  else problems.push(`  ${name}: ${problem}`);
};

for (const file of tracked) {
  const lines = readFileSync(file, 'utf8').split('\n').length - 1;
  if (lines > STOP_LINES) report(file, `${lines} lines, ${STOP_LINES} at most`);
}

const folders = Map.groupBy(sources, (file) => path.dirname(file));
for (const [folder, files] of folders)
  if (files.length > STOP_FILES)
    report(folder, `${files.length} source files, ${STOP_FILES} at most: it wants a second noun`);

const HUBS = /(^|\/)(types|utils?|helpers?|constants|common|misc|index)\.tsx?$/;
for (const file of sources)
  if (HUBS.test(file) && !/desktop\/(main|preload)\/index\.ts$/.test(file))
    problems.push(`  ${file}: a hub name says nothing about what is inside`);

for (const name of Object.keys(allowed))
  if (!needed.has(name)) problems.push(`  ${name}: no longer needs its entry in ${ALLOW_LIST}`);

if (problems.length > 0) {
  console.error(`Sizes and names:\n${problems.join('\n')}`);
  process.exit(1);
}
