import { expect, test } from 'vitest';
import { isPassingError, toAppError } from './database-error.ts';

const withCode = (code: string) => Object.assign(new Error('failed'), { code });

test.each(['ECONNREFUSED', 'ECONNABORTED', 'ENETUNREACH', 'EAI_AGAIN', '57P01', '25006', '40P01'])(
  'after %s another attempt may succeed, so nothing is refused for good',
  (code) => {
    const error = new Error('query', { cause: withCode(code) });
    expect([isPassingError(error), toAppError(error).code]).toEqual([true, 'unavailable']);
  },
);

test.each(['23505', '22P02', 'XX000', 'EACCES'])('%s does not pass by waiting', (code) => {
  expect(isPassingError(withCode(code))).toBe(false);
});
