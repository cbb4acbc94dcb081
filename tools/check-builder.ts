import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// Validates electron-builder.yml against the schema that app-builder-lib ships. Needs no network.
const require = createRequire(import.meta.url);
const library = require.resolve('app-builder-lib', { paths: [require.resolve('electron-builder/package.json')] });
const ofLibrary = createRequire(library);
const { validateConfiguration } = (await import(library.replace('index.js', 'util/config/config.js'))) as {
  validateConfiguration: (config: unknown, log: unknown) => Promise<void>;
};
const { DebugLogger } = ofLibrary('builder-util') as { DebugLogger: new (enabled: boolean) => unknown };
const yaml = ofLibrary('js-yaml') as { load: (text: string) => unknown };
await validateConfiguration(yaml.load(readFileSync('electron-builder.yml', 'utf8')), new DebugLogger(false));
