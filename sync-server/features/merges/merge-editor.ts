import type { FieldValues } from '../../../shared/merges/met-change.ts';
import type { Act } from '../../db/act.ts';

/** What restoring needs of contacts. compose.ts hands it the contacts feature's own code, which runs in the same transaction. */
export interface MergeEditor {
  /** Sets fields of a contact, by the rules and in the name of the act. Throws what an edit by hand would. */
  setContactFields(act: Act, contactId: string, values: FieldValues, action: string): Promise<void>;
  /** Replaces the text of a note. Throws `forbidden` for who is neither its author nor a manager. */
  setNoteBody(act: Act, noteId: string, body: string, action: string): Promise<void>;
}
