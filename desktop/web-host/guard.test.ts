import { expect, test } from 'vitest';
import { HostGuard } from './guard.ts';

const guard = new HostGuard(5180);
const own = {
  host: '127.0.0.1:5180',
  origin: 'http://127.0.0.1:5180',
  cookie: `a=b; switchboard-5180=${guard.secret}`,
};

test('the own page with the secret of this start may use the bridge', () => {
  expect(guard.checkBridge(own)).toEqual({ allowed: true });
});

test.each([
  ['a page of another site', { ...own, origin: 'https://evil.example' }, 403],
  ['a page on another port of this computer', { ...own, origin: 'http://127.0.0.1:9999' }, 403],
  [
    'a name that points at this computer',
    { ...own, host: 'evil.example:5180', origin: 'http://evil.example:5180' },
    421,
  ],
  ['no origin at all', { host: own.host, cookie: own.cookie }, 403],
  ['no secret', { ...own, cookie: '' }, 403],
  ['the secret of an earlier start', { ...own, cookie: `switchboard-5180=${new HostGuard(5180).secret}` }, 403],
])('%s may not', (_who, headers, status) => {
  expect(guard.checkBridge(headers)).toMatchObject({ allowed: false, status });
});

test('the secret goes to a page that a person opened, or to the printed link, never to a page sent by another site', () => {
  expect(guard.mayReceiveSecret({ 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }, null)).toBe(true);
  expect(guard.mayReceiveSecret({}, guard.secret)).toBe(true);
  expect(guard.mayReceiveSecret({ 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }, null)).toBe(false);
  expect(guard.mayReceiveSecret({ 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe' }, null)).toBe(false);
  expect(guard.mayReceiveSecret({}, null)).toBe(false);
});
