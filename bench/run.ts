import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Metric } from './metric.ts';

// npm run bench -- NAME: prints what it measures and, last, one JSON line. Exits 0 whether or not a goal is met.
const here = fileURLToPath(new URL('.', import.meta.url));
const names = readdirSync(here)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));
const name = process.argv[2] ?? '';

if (!existsSync(`${here}${name}.bench.ts`)) {
  console.error(`Which bench? npm run bench -- NAME, with one of: ${names.join(', ')}`);
  process.exit(1);
}
const { run } = (await import(`./${name}.bench.ts`)) as { run: () => Promise<Metric[]> };
const metrics = await run();
for (const { name, unit, value, goal, limit, ok } of metrics)
  console.log(
    `${ok ? 'met   ' : 'MISSED'} ${name}: ${value} ${unit} (goal ${goal}${limit === null ? '' : `, limit ${limit}`})`,
  );
console.log(JSON.stringify({ bench: name, metrics }));
process.exit(0);
