import * as bulkOperations from '../../../shared/contacts/bulk-operations.ts';
import * as consentOperations from '../../../shared/contacts/consent-operations.ts';
import * as operations from '../../../shared/contacts/contact-operations.ts';
import { readDashboard as dashboardOperation } from '../../../shared/contacts/dashboard-operations.ts';
import * as doNotCallOperations from '../../../shared/contacts/do-not-call-operations.ts';
import * as duplicateOperations from '../../../shared/contacts/duplicate-operations.ts';
import * as faceOperations from '../../../shared/contacts/face-operations.ts';
import * as exportOperations from '../../../shared/exports/export-operations.ts';
import { listHistory as historyOperation } from '../../../shared/contacts/history-operations.ts';
import * as noteOperations from '../../../shared/contacts/note-operations.ts';
import { recordVisit as visitOperation } from '../../../shared/contacts/visit-operations.ts';
import * as listOperations from '../../../shared/segments/list-operations.ts';
import * as viewOperations from '../../../shared/segments/view-operations.ts';
import { bindFile, bindVerb, type BoundVerb } from '../../db/act.ts';
import * as bulk from './bulk/bulk-verbs.ts';
import * as consents from './consents/consent-verbs.ts';
import { createContact } from './create-contact.ts';
import { deleteContact } from './delete-contact.ts';
import * as doNotCall from './do-not-call/do-not-call-verbs.ts';
import { exportCsv, exportSalesforce } from './export/export-contacts.ts';
import * as faces from './faces/face-verbs.ts';
import { getContact } from './get-contact.ts';
import { listHistory } from './history/list-history.ts';
import * as lists from './list/list-contacts.ts';
import { readDashboard } from './list/read-dashboard.ts';
import { markNotDuplicates } from './merge/mark-not-duplicates.ts';
import { mergeContactsVerb } from './merge/merge-contacts.ts';
import { addNote } from './notes/add-note.ts';
import { deleteNote } from './notes/delete-note.ts';
import { editNote } from './notes/edit-note.ts';
import type { OnEdit } from './on-edit.ts';
import { addTags } from './tags/add-tags.ts';
import { removeTags } from './tags/remove-tags.ts';
import { updateContact } from './update-contact.ts';
import * as views from './views/view-verbs.ts';
import { recordVisit } from './visits/record-visit.ts';

export const createContactVerbs = (onEdit: OnEdit): BoundVerb[] => [
  bindVerb(listOperations.listContacts, lists.listContacts),
  // Their paths come before the one that takes any id.
  bindVerb(listOperations.listContactIds, lists.listContactIds),
  bindVerb(listOperations.countContacts, lists.countContacts),
  bindFile(exportOperations.exportContactsCsv, exportCsv),
  bindFile(exportOperations.exportContactsToSalesforce, exportSalesforce),
  bindVerb(dashboardOperation, readDashboard),
  bindVerb(operations.getContact, getContact),
  bindVerb(operations.createContact, createContact),
  bindVerb(operations.updateContact, updateContact(onEdit)),
  bindVerb(operations.deleteContact, deleteContact),
  bindVerb(operations.addTags, addTags),
  bindVerb(operations.removeTags, removeTags),
  bindVerb(bulkOperations.moveToStage, bulk.moveToStage),
  bindVerb(bulkOperations.setLeadStatus, bulk.setLeadStatus),
  bindVerb(bulkOperations.setLeadScore, bulk.setLeadScore),
  bindVerb(bulkOperations.assignOwner, bulk.assignOwner),
  bindVerb(bulkOperations.deleteContacts, bulk.deleteContacts),
  bindVerb(faceOperations.changeContactTags, faces.changeContactTags),
  bindVerb(faceOperations.moveContact, faces.moveContact),
  bindVerb(faceOperations.bulkContacts, faces.bulkContacts),
  bindVerb(faceOperations.logInteraction, faces.logInteraction),
  bindVerb(historyOperation, listHistory),
  bindVerb(consentOperations.recordConsent, consents.recordConsent),
  bindVerb(consentOperations.withdrawConsent, consents.withdrawConsent),
  bindVerb(consentOperations.optOut, consents.optOut),
  bindVerb(consentOperations.optIn, consents.optIn),
  bindVerb(doNotCallOperations.listDoNotCall, doNotCall.listDoNotCall),
  bindVerb(doNotCallOperations.addDoNotCall, doNotCall.addDoNotCall),
  bindVerb(doNotCallOperations.removeDoNotCall, doNotCall.removeDoNotCall),
  bindVerb(visitOperation, recordVisit),
  bindVerb(duplicateOperations.mergeContactsOperation, mergeContactsVerb),
  bindVerb(duplicateOperations.markNotDuplicates, markNotDuplicates),
  bindVerb(viewOperations.saveContactView, views.saveContactView),
  bindVerb(viewOperations.deleteContactView, views.deleteContactView),
  bindVerb(noteOperations.addNote, addNote),
  bindVerb(noteOperations.editNote, editNote(onEdit)),
  bindVerb(noteOperations.deleteNote, deleteNote),
];
