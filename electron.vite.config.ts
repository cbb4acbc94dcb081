import { fileURLToPath } from 'node:url';
import { defineConfig } from 'electron-vite';
import { rendererConfig } from './desktop/renderer/vite.config.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  main: {
    build: {
      // Each worker of the core is a file of its own beside the main process' bundle.
      rolldownOptions: {
        input: {
          index: at('desktop/main/index.ts'),
          'engine-worker': at('desktop/core/engine-worker.ts'),
          'reader-worker': at('desktop/core/reader-worker.ts'),
          'checkpoint-worker': at('desktop/core/checkpoint-worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload must be CommonJS.
      rolldownOptions: {
        input: at('desktop/preload/index.ts'),
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: rendererConfig,
});
