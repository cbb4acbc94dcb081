import { z } from 'zod';
import { operation } from '../protocol/operation.ts';
import { contactFilter } from '../segments/list-operations.ts';
import { SALESFORCE_OBJECTS } from './export-request.ts';

/** In an address `true` is text. */
const yesNo = z.union([z.boolean(), z.stringbool()]);

/** A file has one table; which it is, `include` says. */
export const exportContactsCsv = operation({
  name: 'contacts.exportCsv',
  kind: 'query',
  file: 'text/csv',
  summary: 'The contacts that a filter means as a CSV file (RFC 4180), or their interactions or transcripts.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/export/csv' }],
  input: contactFilter.extend({
    include: z.enum(['contacts', 'interactions', 'transcripts']).default('contacts'),
    /** The mark by which spreadsheets know UTF-8. */
    bom: yesNo.default(true),
  }),
  output: z.string(),
});

/** `{records: […]}` as sObject Collections take them; our id stands in the External Id `Switchboard_Id__c`. */
export const exportContactsToSalesforce = operation({
  name: 'contacts.exportSalesforce',
  kind: 'query',
  file: 'application/json',
  summary:
    'The contacts that a filter means as records for Salesforce, with what was said and done where it is wanted.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/export/salesforce' }],
  input: contactFilter.extend({
    object: z.enum(SALESFORCE_OBJECTS).default('Lead'),
    contacts: yesNo.default(true),
    interactions: yesNo.default(false),
    transcripts: yesNo.default(false),
  }),
  output: z.string(),
});
