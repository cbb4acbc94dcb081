import * as operations from '../../../shared/contacts/contact-operations.ts';
import * as noteOperations from '../../../shared/contacts/note-operations.ts';
import { bindVerb, type BoundVerb } from '../../db/act.ts';
import { createContact } from './create-contact.ts';
import { deleteContact } from './delete-contact.ts';
import { getContact } from './get-contact.ts';
import { listContacts } from './list-contacts.ts';
import { addNote } from './notes/add-note.ts';
import { deleteNote } from './notes/delete-note.ts';
import { editNote } from './notes/edit-note.ts';
import type { OnEdit } from './on-edit.ts';
import { addTags } from './tags/add-tags.ts';
import { removeTags } from './tags/remove-tags.ts';
import { updateContact } from './update-contact.ts';

export const createContactVerbs = (onEdit: OnEdit): BoundVerb[] => [
  bindVerb(operations.listContacts, listContacts),
  bindVerb(operations.getContact, getContact),
  bindVerb(operations.createContact, createContact),
  bindVerb(operations.updateContact, updateContact(onEdit)),
  bindVerb(operations.deleteContact, deleteContact),
  bindVerb(operations.addTags, addTags),
  bindVerb(operations.removeTags, removeTags),
  bindVerb(noteOperations.addNote, addNote),
  bindVerb(noteOperations.editNote, editNote(onEdit)),
  bindVerb(noteOperations.deleteNote, deleteNote),
];
