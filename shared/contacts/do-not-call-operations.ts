import { z } from 'zod';
import { listOf, listQuery } from '../protocol/list.ts';
import { operation } from '../protocol/operation.ts';

/** Numbers that are not to be called, whoever has them now or gets them later. */
export const listDoNotCall = operation({
  name: 'doNotCall.list',
  kind: 'query',
  summary: 'List the numbers nobody is to call, the newest first; searched by any digits in a row.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/do-not-call' }],
  input: listQuery(['addedAt', 'phone']),
  output: listOf(z.object({ phone: z.string(), addedAt: z.number(), contacts: z.number().int() })),
});

/** In any spelling; without a country code it is from the workspace's country. On the list already: nothing changes. */
export const addDoNotCall = operation({
  name: 'doNotCall.add',
  kind: 'command',
  online: true,
  summary: 'Put a number on the list of those nobody is to call, and say so on the contacts that have it.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/do-not-call' }],
  input: z.object({ phone: z.string().trim().min(1).max(40) }),
  output: z.object({ phone: z.string(), contacts: z.number().int() }),
});

export const removeDoNotCall = operation({
  name: 'doNotCall.remove',
  kind: 'command',
  online: true,
  summary: 'Take a number off the list, and the mark off contacts that have it from there.',
  role: 'MANAGER',
  routes: [{ method: 'DELETE', path: '/do-not-call/:phone' }],
  input: z.object({ phone: z.e164('A phone number is + and 7 to 15 digits') }),
  output: z.object({ phone: z.string(), contacts: z.number().int() }),
});
