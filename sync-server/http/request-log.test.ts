import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, test } from 'vitest';
import { createLogger } from './request-log.ts';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown> {
  let line = '';
  write(createLogger('info', { write: (text) => void (line += text) }));
  return JSON.parse(line) as Record<string, unknown>;
}

test('secrets and personal data are cut out wherever they stand', () => {
  const line = logged((logger) =>
    logger.info({ password: 'p', user: { email: 'a@b.c', refreshToken: 't' }, phone: '+1' }),
  );
  expect(line).toMatchObject({ password: '[cut]', user: { email: '[cut]', refreshToken: '[cut]' }, phone: '[cut]' });
});

test('what Postgres says of a value it could not read is logged without the value', () => {
  const cause = Object.assign(new Error('invalid input syntax for type integer: "call +14155550100 "now""'), {
    code: '22P02',
  });
  const line = logged((logger) => logger.error({ err: new DrizzleQueryError('select $1', ['x'], cause) }, 'failed'));
  expect(line['err']).toMatchObject({ cause: { message: 'invalid input syntax for type integer: "[cut]"' } });
  const key = Object.assign(new Error('violates unique constraint "users_email_key"'), { code: '23505' });
  expect(logged((logger) => logger.error({ err: key }, 'failed'))['err']).toMatchObject({ message: key.message });
});

test('a failed query is logged with its text, code and place, and without its values', () => {
  const cause = Object.assign(new Error('relation does not exist'), {
    code: '42P01',
    detail: 'Key (phone)=(+14155550100)',
  });
  const error = new DrizzleQueryError('select * from x where phone = $1', ['+14155550100'], cause);
  const line = logged((logger) => logger.error({ err: error }, 'request failed'));
  expect(line['err']).toMatchObject({
    message: 'failed query: select * from x where phone = $1',
    cause: { message: 'relation does not exist', code: '42P01' },
  });
  expect(JSON.stringify(line)).not.toContain('4155550100');
});
