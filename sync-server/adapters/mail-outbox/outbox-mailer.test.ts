import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { must } from '../../../shared/kernel/must.ts';
import { testMailPort } from '../../ports/mail-port-tests.ts';
import { OutboxMailer } from './outbox-mailer.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'mail-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe('the outbox', () => {
  const mailer = new OutboxMailer(dir);
  testMailPort(async () => ({
    mailer,
    newest: async () => ({ ...must((await mailer.list())[0], 'mail'), headers: [] }),
  }));

  test('a mail that was cut off by a loss of power does not hide the others', async () => {
    const place = path.join(dir, 'cut');
    const cut = new OutboxMailer(place, () => 1_000);
    await cut.send({ to: 'a@test.example', subject: 'Whole', text: '', html: '' });
    writeFileSync(path.join(place, 'mail', '000000000002000-cut.json'), '{"id":"000');
    expect((await cut.list()).map(({ subject }) => subject)).toEqual(['Whole']);
  });

  test('keeps the newest two hundred, for nobody else on this computer', async () => {
    let now = 1_000;
    const small = new OutboxMailer(path.join(dir, 'small'), () => (now += 1));
    for (let i = 0; i < 203; i += 1) await small.send({ to: 'a@test.example', subject: `${i}`, text: '', html: '' });
    const kept = await small.list();
    expect(kept.map(({ subject }) => subject)).toEqual(Array.from({ length: 200 }, (_, i) => `${202 - i}`));
    if (process.platform !== 'win32') expect(statSync(path.join(dir, 'small', 'mail')).mode & 0o777).toBe(0o700);
  });
});
