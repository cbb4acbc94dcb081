import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

// electron-builder brings the parser.
const require = createRequire(import.meta.url);
const ofBuilder = createRequire(require.resolve('electron-builder/package.json'));
const yaml = createRequire(ofBuilder.resolve('app-builder-lib'))('js-yaml') as { load: (text: string) => unknown };

// The parts of GitHub's workflow syntax that are used here, and nothing else: a key that is spelt wrong is no part of it.
const text = z.union([z.string(), z.number(), z.boolean()]);
const step = z
  .strictObject({
    name: z.string().optional(),
    if: z.string().optional(),
    uses: z
      .string()
      .regex(/^[\w-]+\/[\w-]+@v\d+$/)
      .optional(),
    run: z.string().optional(),
    shell: z.literal('bash').optional(),
    with: z.record(z.string(), text).optional(),
    env: z.record(z.string(), text).optional(),
  })
  .refine((one) => (one.uses === undefined) !== (one.run === undefined), 'a step either uses or runs');
const job = z.strictObject({
  name: z.string(),
  needs: z.string().optional(),
  environment: z.string().optional(),
  strategy: z
    .strictObject({ 'fail-fast': z.boolean().optional(), matrix: z.record(z.string(), z.array(text)) })
    .optional(),
  'runs-on': z.string(),
  'timeout-minutes': z.number(),
  env: z.record(z.string(), text).optional(),
  steps: z.array(step).min(1),
});
const workflow = z.strictObject({
  name: z.string(),
  on: z
    .record(z.enum(['push', 'pull_request', 'workflow_dispatch']), z.unknown())
    .or(z.record(z.string(), z.unknown())),
  permissions: z.strictObject({ contents: z.literal('read') }),
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() }),
  jobs: z.record(z.string().regex(/^[a-z][\w-]*$/), job),
});

const dir = '.github/workflows';
const read = (name: string) => workflow.parse(yaml.load(readFileSync(path.join(dir, name), 'utf8')));

test.each(readdirSync(dir))('%s is a workflow whose jobs, steps and names fit together', (name) => {
  const { jobs } = read(name);
  for (const { needs, strategy, steps, 'runs-on': runsOn } of Object.values(jobs)) {
    if (needs) expect(Object.keys(jobs)).toContain(needs);
    for (const [, key] of JSON.stringify([runsOn, steps]).matchAll(/\$\{\{ matrix\.(\w+) \}\}/g))
      expect(Object.keys(strategy?.matrix ?? {})).toContain(key);
    expect(steps[0]?.uses).toMatch(/^actions\/checkout@/);
  }
});

test.each(readdirSync(dir))('%s runs scripts and tools that exist', (name) => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const runs = Object.values(read(name).jobs).flatMap(({ steps }) => steps.map(({ run }) => run ?? ''));
  for (const [, script] of runs.join('\n').matchAll(/npm run (\S+)/g)) expect(Object.keys(scripts)).toContain(script);
  for (const [, tool] of runs.join('\n').matchAll(/tools\/(?!run)([\w-]+\.ts)/g))
    expect(readdirSync('tools')).toContain(tool);
});

test('every system is tested, in a browser and in Electron, and gets installers', () => {
  const { jobs } = read('ci.yml');
  for (const name of ['test', 'electron', 'package'])
    for (const system of ['ubuntu', 'macos', 'windows'])
      expect([name, jobs[name]?.strategy?.matrix['os']?.join(' ')]).toEqual([name, expect.stringContaining(system)]);
  expect(jobs['electron']?.env).toEqual({ E2E_HOST: 'electron' });
});

test('no secret is written into a script: it comes as a variable', () => {
  for (const name of readdirSync(dir))
    for (const { steps } of Object.values(read(name).jobs))
      for (const { run } of steps) expect(run ?? '').not.toMatch(/\$\{\{\s*(secrets|inputs|github\.event)/);
});
