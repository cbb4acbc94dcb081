import type { ImportDraft } from '../../../shared/imports/import-draft.ts';

/** A file from Google Contacts with two bad rows. */
export const fixtureDraft = (id: string): ImportDraft => ({
  id,
  fileName: 'spring-leads-2026.csv',
  format: 'Google Contacts',
  encoding: 'UTF-8',
  delimiter: ',',
  rowCount: 1_284,
  columns: [
    { header: 'Given Name', target: 'firstName', samples: ['Ada', 'Grace', 'Katherine'] },
    { header: 'Family Name', target: 'lastName', samples: ['Lovelace', 'Hopper', 'Johnson'] },
    { header: 'Phone 1 - Value', target: 'phone', samples: ['(503) 555-0188', '+44 20 7946 0018', ''] },
    { header: 'E-mail 1 - Value', target: 'email', samples: ['ada@example.org', '', 'katherine@example.org'] },
    { header: 'Labels', target: 'tags', samples: ['Spring fair ::: Heat pump'] },
    { header: 'Birthday', target: 'ignore', samples: ['1815-12-10'] },
  ],
  defaultCountry: 'US',
  duplicates: 'merge',
  kind: 'contacts',
  statuses: {},
  remembered: false,
  check: {
    valid: 1_282,
    invalid: 2,
    duplicatesInFile: 14,
    duplicatesOfContacts: 96,
    outcome: { create: 1_172, merge: 110, skip: 0 },
    withoutConsent: 1_282,
    unknown: [],
    problems: [
      {
        row: 17,
        reason: 'Phone: two digits are missing. US numbers have 10.',
        cells: ['Marie', 'Curie', '(503) 555-01'],
      },
      { row: 402, reason: 'There is no name, phone or email in this row.', cells: ['', '', '', ''] },
    ],
    preview: [
      {
        row: 2,
        fields: { firstName: 'Ada', lastName: 'Lovelace', phone: '+15035550188', email: 'ada@example.org' },
        tags: ['Spring fair', 'Heat pump'],
        becomes: 'merge',
        changes: [{ field: 'firstName', before: 'A.', after: 'Ada' }],
      },
      {
        row: 3,
        fields: { firstName: 'Grace', lastName: 'Hopper', phone: '+442079460018' },
        tags: [],
        becomes: 'create',
        changes: [],
      },
      {
        row: 4,
        fields: { firstName: 'Katherine', lastName: 'Johnson', email: 'katherine@example.org' },
        tags: [],
        becomes: 'create',
        changes: [],
      },
    ],
  },
});
