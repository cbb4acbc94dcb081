import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { IMPORT_LAW } from './import-law.ts';

// Without a TypeScript reader the cruiser sees nothing and finds nothing wrong: too few modules is a failure of the check itself.
const FEWEST_MODULES = 150;

const { output } = await cruise(['shared', 'desktop', 'sync-server', 'e2e', 'bench', 'tools'], {
  validate: true,
  ruleSet: IMPORT_LAW,
  parser: 'swc',
  doNotFollow: { path: 'node_modules' },
  tsPreCompilationDeps: true,
  exclude: { path: '/migrations/' },
});
const { summary, modules } = output as ICruiseResult;
const seen = modules.filter(({ source }) => !source.includes('node_modules')).length;

if (seen < FEWEST_MODULES) {
  console.error(
    `Import law: only ${seen} modules were read, at least ${FEWEST_MODULES} were expected. The check itself is broken.`,
  );
  process.exit(1);
}
if (summary.violations.length > 0) {
  const lines = summary.violations.map(({ rule, from, to }) => `  ${rule.name}: ${from} -> ${to}`);
  console.error(`Import law:\n${[...new Set(lines)].join('\n')}`);
  process.exit(1);
}
console.log(`import law holds in ${seen} modules`);
