import type { dismissMerge as operation } from '../../../shared/merges/merge-operations.ts';
import type { Verb } from '../../db/act.ts';
import { lockMeeting, settleMeeting } from './met-change-store.ts';

/** Settled twice is settled once, by who came first. */
export const dismissMerge: Verb<typeof operation> = async (act, { id }) => {
  const meeting = await lockMeeting(act, id);
  await settleMeeting(act, meeting);
  await act.audit({ action: 'merges.dismiss', entity: 'merge', entityId: id });
  return { id };
};
