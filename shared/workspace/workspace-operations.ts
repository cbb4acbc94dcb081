import { z } from 'zod';
import { operation } from '../protocol/operation.ts';
import { MESSAGE_DAYS } from './message-days.ts';

/** Only the server knows the whole of the workspace's item, so nothing shows before it has answered. */
export const setMessageDays = operation({
  name: 'workspace.setMessageDays',
  kind: 'command',
  summary: 'Limit how many days of messages every desktop of the workspace keeps; null sets no limit.',
  role: 'ADMIN',
  routes: [{ method: 'PUT', path: '/workspace/message-days' }],
  input: z.object({ messageDays: z.literal([...MESSAGE_DAYS]) }),
  output: z.object({ messageDays: z.number().int().nullable() }),
});
