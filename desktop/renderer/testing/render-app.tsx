import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach } from 'vitest';
import { setPreferences } from '../lib/preferences.ts';
import { App } from '../app/app.tsx';
import { FixtureBridge, type FixtureOptions } from './fixture-bridge.ts';

const VIEWPORT = { width: 1280, height: 640 };

// happy-dom lays nothing out: without a size a virtual list has nothing in sight
for (const [name, size] of [
  ['offsetWidth', VIEWPORT.width],
  ['offsetHeight', VIEWPORT.height],
  ['clientHeight', VIEWPORT.height],
] as const) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
}

beforeEach(() => {
  localStorage.clear();
  location.hash = '';
});
afterEach(() => {
  cleanup();
  setPreferences({ language: 'system' });
});

/** The whole app over fixtures, opened at a path. */
export async function renderApp(
  path: string,
  options: FixtureOptions = {},
  prepare?: (bridge: FixtureBridge) => Promise<void>,
) {
  const bridge = new FixtureBridge(options);
  await prepare?.(bridge);
  location.hash = path;
  render(<App bridge={bridge} />);
  if (!options.signedOut) await screen.findByRole('main');
  return { bridge, user: userEvent.setup() };
}
