import type { updateContact as operation } from '../../../shared/contacts/contact-operations.ts';
import type { Verb } from '../../db/act.ts';
import { editContact } from './edit-contact.ts';
import type { OnEdit } from './on-edit.ts';

export const updateContact =
  (onEdit: OnEdit): Verb<typeof operation> =>
  async (act, { id, ...sent }) => {
    await editContact(act, onEdit, id, sent, 'contacts.update');
    return { id };
  };
