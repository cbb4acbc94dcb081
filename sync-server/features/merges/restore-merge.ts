import { AppError } from '../../../shared/kernel/app-error.ts';
import { overwrittenFields, type FieldValues } from '../../../shared/merges/met-change.ts';
import type { restoreMerge as operation } from '../../../shared/merges/merge-operations.ts';
import type { Verb } from '../../db/act.ts';
import type { MergeEditor } from './merge-editor.ts';
import { lockMeeting, settleMeeting, type MetChange } from './met-change-store.ts';

/**
 * An edit like any other: who may not edit the row may not restore it, and what it meets is noted in turn.
 * Also a settled meeting can be restored, for who changes their mind.
 */
export const restoreMerge =
  (editor: MergeEditor): Verb<typeof operation> =>
  async (act, { id, fields }) => {
    const meeting = await lockMeeting(act, id);
    const values = earlierValues(meeting, fields);
    await settleMeeting(act, meeting);
    if (meeting.entity === 'contact') await editor.setContactFields(act, meeting.entityId, values, 'merges.restore');
    else if (typeof values['body'] === 'string')
      await editor.setNoteBody(act, meeting.entityId, values['body'], 'merges.restore');
    await act.audit({ action: 'merges.restore', entity: 'merge', entityId: id, after: values });
    return { id };
  };

function earlierValues({ mine, theirs }: MetChange, fields: readonly string[] | undefined): FieldValues {
  const wanted = fields ?? overwrittenFields(mine, theirs);
  const unknown = wanted.filter((field) => !Object.hasOwn(theirs, field));
  if (unknown.length)
    throw new AppError(
      'invalid_input',
      `No earlier value of ${unknown.join(', ')} is kept here. Nothing was changed.`,
      {
        fields: Object.fromEntries(unknown.map((field) => [field, 'Nothing is kept of it'])),
      },
    );
  if (!wanted.length)
    throw new AppError('not_allowed_now', 'Nothing was overwritten here, so there is nothing to bring back.');
  return Object.fromEntries(wanted.map((field) => [field, theirs[field]]));
}
