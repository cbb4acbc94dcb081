import { expect, test } from 'vitest';
import { parseDeepLink } from './deep-link.ts';
import { mayOpenLink } from './outside-link.ts';

const id = '0198a000-0000-7000-8000-000000000001';

test('a link names a contact, a way in or an invitation', () => {
  expect(parseDeepLink(`switchboard://contact/${id}`)).toEqual({ kind: 'contact', id });
  expect(parseDeepLink('switchboard://sign-in?server=https%3A%2F%2Fcrm.acme.test&email=ada%40acme.test')).toEqual({
    kind: 'sign-in',
    server: 'https://crm.acme.test',
    email: 'ada@acme.test',
  });
  expect(parseDeepLink('switchboard://sign-in/')).toEqual({ kind: 'sign-in', server: null, email: null });
  expect(parseDeepLink('switchboard://join?code=aB3-_9.xyz')).toEqual({
    kind: 'join',
    server: null,
    code: 'aB3-_9.xyz',
  });
});

test.each([
  'https://contact/1',
  'switchboard://contact/../../etc',
  `switchboard://contact/${id}/delete`,
  'switchboard://contact/%00',
  'switchboard://run?code=calc.exe&x=1',
  'switchboard://join?code=short',
  'switchboard://join?code=%3Cscript%3Ealert(1)',
  'switchboard://sign-in?server=javascript:alert(1)',
  'switchboard://sign-in?server=file:///etc/passwd',
  'switchboard://sign-in?email=nobody',
  'switchboard://user@contact/1',
  `switchboard://join?code=${'a'.repeat(2_000)}`,
  '--inspect=9229',
  '',
])('%s is no link of ours', (text) => expect(parseDeepLink(text)).toBeNull());

test('only web pages over TLS and mail are opened outside', () => {
  expect(['https://a.test/x', 'mailto:a@b.test'].map(mayOpenLink)).toEqual([true, true]);
  expect(
    ['http://a.test', 'file:///etc/passwd', 'javascript:1', 'smb://x', 'ms-msdt:/id', 'x'].map(mayOpenLink),
  ).toEqual(Array(6).fill(false));
});
