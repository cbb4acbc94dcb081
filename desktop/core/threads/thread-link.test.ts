import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { ThreadLink } from './thread-link.ts';

test('what is asked of a thread that is gone fails at once, also when it is asked before the next one runs', async () => {
  const { port1 } = new MessageChannel();
  const link = new ThreadLink(port1, { answer: () => null });
  const before = link.call('command', null);
  link.fail(new AppError('unavailable', 'It had to start again.'));
  const after = link.call('command', null);
  const silence = new Promise((resolve) => setImmediate(() => resolve('no answer')));
  expect(await Promise.race([before.catch((error: AppError) => error.code), silence])).toBe('unavailable');
  expect(await Promise.race([after.catch((error: AppError) => error.code), silence])).toBe('unavailable');
  port1.close();
});
