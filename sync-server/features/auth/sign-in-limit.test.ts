import { expect, test } from 'vitest';
import { createSignInLimit } from './sign-in-limit.ts';

test('wrong passwords count for one email from one place; elsewhere and for others the door stays open', async () => {
  const limit = createSignInLimit();
  for (let i = 0; i < 10; i++) await limit.admit('a@b.c', 'here');
  await expect(limit.admit('a@b.c', 'here')).rejects.toMatchObject({ code: 'limit_reached' });
  await expect(limit.admit('a@b.c', 'there')).resolves.toBeUndefined();
  await expect(limit.admit('d@e.f', 'here')).resolves.toBeUndefined();
});

test('a hundred wrong passwords from one place close it for every email', async () => {
  const limit = createSignInLimit();
  for (let i = 0; i < 100; i++) await limit.admit(`${i}@b.c`, 'here');
  await expect(limit.admit('new@b.c', 'here')).rejects.toMatchObject({ code: 'limit_reached' });
});

test('the 101st tenant of an hour from one place has to wait', async () => {
  const limit = createSignInLimit();
  for (let i = 0; i < 100; i++) await limit.admitSignUp('here');
  await expect(limit.admitSignUp('here')).rejects.toMatchObject({
    code: 'limit_reached',
    details: { retryAfterSeconds: expect.any(Number) },
  });
  await expect(limit.admitSignUp('there')).resolves.toBeUndefined();
});

test('a right password, and an attempt that failed for another reason, count for nothing', async () => {
  const limit = createSignInLimit();
  for (let i = 0; i < 300; i++) {
    await limit.admit('a@b.c', 'here');
    await (i % 2 ? limit.forget('a@b.c', 'here') : limit.takeBack('a@b.c', 'here'));
  }
  for (let i = 0; i < 10; i++) await limit.admit('a@b.c', 'here');
  await expect(limit.admit('a@b.c', 'here')).rejects.toMatchObject({ code: 'limit_reached' });
});
