import type { WebPreferences } from 'electron';

/** Electron security checklist 2, 3, 4, 5, 6, 8: isolated, sandboxed, without Node, with web security. */
export const secureWebPreferences = (preload: string): WebPreferences => ({
  preload,
  nodeIntegration: false,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  spellcheck: true,
});
