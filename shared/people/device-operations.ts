import { z } from 'zod';
import { operation } from '../protocol/operation.ts';

const onDevice = z.object({ id: z.uuid() });

/** `id` is the item’s id (`own_items` or `admin_items` of kind `device`). Others’ devices take an administrator. */
export const endDevice = operation({
  name: 'devices.end',
  kind: 'command',
  summary: 'Sign a device out. Its data stays on it until somebody signs in there again.',
  role: 'VIEWER',
  routes: [{ method: 'POST', path: '/devices/:id/end' }],
  input: onDevice,
  output: onDevice,
});

/** The device deletes its key and its copy when it next reaches the server, with whatever it had not sent. */
export const wipeDevice = operation({
  name: 'devices.wipe',
  kind: 'command',
  summary: 'Have a lost device delete everything it holds when it next reaches the server.',
  role: 'VIEWER',
  routes: [{ method: 'POST', path: '/devices/:id/wipe' }],
  input: onDevice,
  output: onDevice,
});
