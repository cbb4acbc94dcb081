import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Environment by file name: `x.test.ts` plain Node, `x.pg.test.ts` a real Postgres, `x.dom.test.tsx` a DOM. */
export default defineConfig({
  resolve: { alias: { electron: at('desktop/main/electron.fake.ts') } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // A core in a test is four threads: on a busy machine they need a while.
          testTimeout: 20_000,
          hookTimeout: 20_000,
          include: ['{shared,desktop,sync-server,tools,e2e}/**/*.test.ts'],
          exclude: ['**/*.pg.test.ts', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: ['sync-server/**/*.pg.test.ts'],
          globalSetup: ['sync-server/db/test-postgres.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          include: ['desktop/renderer/**/*.dom.test.tsx'],
          environment: 'happy-dom',
          testTimeout: 20_000,
        },
      },
    ],
  },
});
