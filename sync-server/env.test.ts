import { expect, test } from 'vitest';
import { readEnv } from './env.ts';

test('an empty environment gives the settings of a demo: loopback, embedded database, sandbox carrier, all roles', () => {
  const env = readEnv({});
  expect(env).toMatchObject({ port: 5002, host: '127.0.0.1', databaseUrl: null, twilio: null, publicUrl: null });
  expect([...env.roles]).toEqual(['web', 'worker', 'shapes']);
});

test('every wrong variable is named in one error', () => {
  expect(() => readEnv({ PORT: 'many', DATABASE_URL: 'mysql://x', SERVER_ROLES: 'web,cook' })).toThrow(
    /PORT[\s\S]*DATABASE_URL[\s\S]*SERVER_ROLES/,
  );
});

test('an account id without its token is refused; a token alone takes webhooks while the sandbox sends', () => {
  expect(() => readEnv({ TWILIO_ACCOUNT_SID: 'AC1' })).toThrow('TWILIO_AUTH_TOKEN');
  expect(readEnv({ TWILIO_AUTH_TOKEN: 'secret' }).twilio).toEqual({ accountSid: null, authToken: 'secret' });
});

test('a trailing slash of PUBLIC_URL does not end up in signed addresses', () => {
  expect(readEnv({ PUBLIC_URL: 'https://crm.example/' }).publicUrl).toBe('https://crm.example');
});

test('proxies are trusted by number or address, and nobody is by default', () => {
  const of = (TRUST_PROXY: string) => readEnv({ TRUST_PROXY }).trustProxy;
  expect([readEnv({}).trustProxy, of(''), of('1'), of('loopback, 10.0.0.0/8,fd00::/8')]).toEqual([
    false,
    false,
    1,
    'loopback, 10.0.0.0/8,fd00::/8',
  ]);
  for (const wrong of ['true', '-1', '10.0.0.0/33', 'proxy.example', ','])
    expect(() => of(wrong)).toThrow('TRUST_PROXY');
});
