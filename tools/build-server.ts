import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'vite';

// The server that the desktop app brings for people without another: every module by itself below out/server, as in the sources, so
// that what a module finds beside itself (migrations, pages) is found there too.
const OUT = 'out/server';

rmSync(OUT, { recursive: true, force: true });
await build({
  configFile: false,
  logLevel: 'warn',
  ssr: { target: 'node' },
  build: {
    ssr: 'sync-server/server.ts',
    outDir: OUT,
    target: 'node22',
    minify: false,
    rolldownOptions: {
      // What npm brings stays in node_modules.
      external: [/^[^./]/, /node_modules/],
      output: { preserveModules: true, preserveModulesRoot: '.', entryFileNames: '[name].js', format: 'es' },
    },
  },
});
for (const folder of ['sync-server', 'shared'])
  cpSync(folder, `${OUT}/${folder}`, {
    recursive: true,
    filter: (from) => !/\.(ts|tsx|snap)$|tsconfig\.json$|\.snapshot\.json$|\/testing(\/|$)/.test(from),
  });
writeFileSync(`${OUT}/package.json`, '{ "type": "module" }\n');
