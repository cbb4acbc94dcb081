import { describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { assertUncommon, hashPassword, isPasswordRight } from './password.ts';

const person = ['Ada Lovelace', 'ada.lovelace@acme.example', 'Acme Analytics'];

describe('a new password', () => {
  test.each([
    'password1234',
    'P@ssw0rd2026!',
    'qwertyuiop',
    '1q2w3e4r5t',
    '9876543210',
    'aaaaaaaaaaaa',
    'abababababab',
    'Summer2026!!',
    'switchboard1',
    'lovelace1815',
    'acme-2026-!!',
    'homelesspa',
  ])('%s is among the first to be tried', (password) => {
    expect(() => assertUncommon(password, person)).toThrow(AppError);
  });

  test.each([
    'correct horse battery staple',
    'four unusual words here',
    'a long password',
    'Tr0ub4dor&3xyz',
    'ada likes purple turnips',
    'žluťoučký kůň úpěl',
    '日本語のとても長い合言葉です',
  ])('%s is not', (password) => {
    expect(() => assertUncommon(password, person)).not.toThrow();
  });
});

test('a password counts exactly as it was typed', async () => {
  const hash = await hashPassword(' Spaced Out Words ');
  expect(await isPasswordRight(hash, ' Spaced Out Words ')).toBe(true);
  for (const other of ['Spaced Out Words', ' spaced out words ', ' Spaced Out Word'])
    expect(await isPasswordRight(hash, other)).toBe(false);
  expect(await isPasswordRight(null, 'nobody has this password')).toBe(false);
});
