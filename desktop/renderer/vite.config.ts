import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';
import react from '@vitejs/plugin-react';
import tailwindcss from '@tailwindcss/vite';

// electron-vite's config loader rewrites import.meta.url, not import.meta.dirname
const root = fileURLToPath(new URL('.', import.meta.url));

/** `preview.html` (fixtures, no core) is served in development only: the build knows `index.html` alone. */
export const rendererConfig: UserConfig = {
  root,
  base: './',
  cacheDir: path.resolve(root, '../../.cache/vite'),
  plugins: [react(), tailwindcss()],
  build: {
    outDir: path.resolve(root, '../../out/renderer'),
    emptyOutDir: true,
    // read from disk or loopback, never over a slow line
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: { input: path.resolve(root, 'index.html') },
  },
};

export default defineConfig(rendererConfig);
