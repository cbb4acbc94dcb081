import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, CoreStage, soon } from '../testing/core-stage.ts';
import { USER } from '../testing/fake-server.ts';

let stage: CoreStage;
beforeEach(async () => {
  stage = new CoreStage();
  await stage.server.listen();
});
afterEach(() => stage.clear());

const list = { data: [], page: 1, limit: 50, total: 0 };

test('an operation that only the server can answer is asked of it by its route, and its answer comes back', async () => {
  const core = await stage.openSaved();
  stage.server.answers.set('GET /api/tasks', { status: 200, body: list });
  const answer = await ask(core, 'online', { name: 'tasks.list', input: { state: 'done', limit: 5 } as never });
  expect(answer).toEqual(list);
  expect(stage.server.asked.at(-1)?.path).toMatch(/^\/api\/tasks\?.*limit=5.*state=done/);
});

test('a refusal keeps the server’s words, and out of reach nothing is queued', async () => {
  const core = await stage.openSaved();
  const refusal = { code: 'not_found', message: 'There is no such task. Nothing was changed.' };
  const id = USER.userId;
  stage.server.answers.set(`GET /api/tasks/${id}`, { status: 404, body: { error: refusal } });
  expect(await core.call('online', { name: 'tasks.get', input: { id } })).toEqual({ error: refusal });
  await stage.server.unplug();
  expect(await core.call('online', { name: 'tasks.get', input: { id } })).toMatchObject({
    error: { code: 'unavailable' },
  });
  expect(await ask(core, 'outbox.list', {})).toEqual([]);
});

test('a command that can wait is not asked online, and a wrong input names its field', async () => {
  const core = await stage.openSaved();
  expect(await core.call('online', { name: 'tasks.delete', input: { id: USER.userId } } as never)).toMatchObject({
    error: { code: 'not_found' },
  });
  expect(await core.call('online', { name: 'tasks.get', input: { id: 'x' } })).toMatchObject({
    error: { code: 'invalid_input', details: { field: 'id' } },
  });
});

test('an invitation is looked at and accepted, and its person is signed in', async () => {
  const core = await stage.open();
  const offer = { email: USER.email, role: 'AGENT', tenantName: 'Acme', invitedBy: 'Olive', expiresAt: 5 };
  stage.server.answers.set('GET /api/auth/invitations/abcdefgh', { status: 200, body: { data: offer } });
  expect(await ask(core, 'session.invitation', { token: 'abcdefgh' })).toEqual(offer);
  await ask(core, 'session.acceptInvitation', { token: 'abcdefgh', name: 'Ada', password: 'right password' });
  expect(await ask(core, 'session.get', {})).toMatchObject({ status: 'signed-in', identity: { email: USER.email } });
});

test('a computer that was asked to be wiped keeps nothing, says so at sign-in, and confirms it', async () => {
  const core = await stage.openSaved();
  const { deviceId } = (await ask(core, 'session.get', {})) as { deviceId: string };
  await stage.server.unplug();
  await ask(core, 'command', { name: 'contacts.create', input: { firstName: 'Never sent' } as never });
  const refusal = { code: 'unauthenticated', message: 'Wiped.', details: { reason: 'wiped' } };
  stage.server.answers.set('POST /api/auth/refresh', { status: 401, body: { error: refusal } });
  stage.server.answers.set('POST /api/auth/wiped', { status: 200, body: { data: {} } });
  stage.server.good.clear();
  await stage.server.listen();
  await soon(async () =>
    expect(await ask(core, 'session.get', {})).toEqual({ status: 'signed-out', left: [], wiped: true }),
  );
  await soon(async () =>
    expect(stage.server.asked.filter((one) => one.path === '/api/auth/wiped')).toMatchObject([
      { body: { refreshToken: expect.stringMatching(/^refresh-/) } },
    ]),
  );
  expect(existsSync(path.join(stage.replicaDir, 'replica.sqlite'))).toBe(false);
  await stage.signIn(core);
  const after = (await ask(core, 'session.get', {})) as { deviceId: string; wiped?: true };
  expect(after.wiped).toBeUndefined();
  expect(after.deviceId).not.toBe(deviceId);
});

test('who needs a second factor rests with what was not sent, sets one up on the way in, and its codes stay nowhere', async () => {
  const core = await stage.openSaved();
  await stage.server.unplug();
  await ask(core, 'command', { name: 'contacts.create', input: { firstName: 'Unsent' } as never });
  const refusal = { code: 'unauthenticated', message: 'Set one up.', details: { reason: 'second_factor_needed' } };
  stage.server.answers.set('POST /api/auth/refresh', { status: 401, body: { error: refusal } });
  stage.server.good.clear();
  await stage.server.listen();
  await soon(async () => expect(await ask(core, 'session.get', {})).toMatchObject({ expired: true }));
  expect(await ask(core, 'outbox.list', {})).toHaveLength(1);

  const begun = { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/x' };
  stage.server.answers.set('POST /api/auth/second-factor/begin', { status: 200, body: { data: begun } });
  expect(await ask(core, 'session.beginEnrolment', { challenge: 'ch' })).toEqual(begun);
  expect(await core.call('session.confirmEnrolment', { challenge: 'ch', code: '12' })).toMatchObject({
    error: { code: 'invalid_input', details: { field: 'code' } },
  });
  const recoveryCodes = ['once-only-abcd'];
  const session = {
    identity: { ...USER, role: 'AGENT' },
    accessToken: 'enrolled',
    accessExpiresAt: Date.now() + 900_000,
    refreshToken: 'refresh-enrolled',
  };
  stage.server.good.add('enrolled');
  const data = { ...session, recoveryCodes };
  stage.server.answers.set('POST /api/auth/second-factor/confirm', { status: 200, body: { data } });
  expect(await ask(core, 'session.confirmEnrolment', { challenge: 'ch', code: '123456' })).toEqual({ recoveryCodes });
  await soon(async () => expect(await ask(core, 'outbox.list', {})).toEqual([]));
  const kept = readdirSync(stage.profileDir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const texts = kept.map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'latin1'));
  expect(texts.some((text) => text.includes('refresh-enrolled'))).toBe(true);
  expect(texts.some((text) => text.includes('once-only'))).toBe(false);
});
