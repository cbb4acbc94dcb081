/**
 * Which contacts changed, in order, for whoever keeps facts about them in memory: a reader looks at what is new here before it answers.
 * Triggers write it in the transaction of the change, so nothing is missed, whoever wrote. A row is the contact's `rid`; `EVERY_CONTACT`
 * says that any of them may have changed without a row each, as in a first load.
 */
export const CREATE_CONTACT_CHANGES =
  'CREATE TABLE IF NOT EXISTS contact_change (n INTEGER PRIMARY KEY, rid INTEGER NOT NULL) STRICT';

export const EVERY_CONTACT = -1;

/** Older changes are forgotten; who has not seen them begins anew. */
export const KEPT_CHANGES = 200_000;

const forget = `DELETE FROM contact_change WHERE n <= (SELECT max(n) FROM contact_change) - ${KEPT_CHANGES};`;
const note = (row: 'old' | 'new') => `INSERT INTO contact_change (rid) VALUES (${row}.rid); ${forget}`;
const noteOf = (row: 'old' | 'new') =>
  `INSERT INTO contact_change (rid) SELECT rid FROM contacts WHERE id = ${row}.contact_id; ${forget}`;

const on = (table: string, act: 'INSERT' | 'UPDATE' | 'DELETE', body: string): Record<string, string> => ({
  [`${table}_change_${act.toLowerCase()}`]: `AFTER ${act} ON ${table} BEGIN ${body} END`,
});
/** A merge of two contacts hands tags and groups over: both have changed then. */
const links = (table: string): Record<string, string> => ({
  ...on(table, 'INSERT', noteOf('new')),
  ...on(table, 'UPDATE', `${noteOf('old')} ${noteOf('new')}`),
  ...on(table, 'DELETE', noteOf('old')),
});

/** By table. They are absent while a table is loaded for the first time: nobody has facts about it then. */
export const CONTACT_CHANGE_TRIGGERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  contacts: {
    ...on('contacts', 'INSERT', note('new')),
    ...on('contacts', 'UPDATE', note('new')),
    ...on('contacts', 'DELETE', note('old')),
  },
  contact_tags: links('contact_tags'),
  group_members: links('group_members'),
};

/** A first load of this table begins or has ended. */
export const noteEveryContact = (table: string): string[] =>
  table in CONTACT_CHANGE_TRIGGERS ? [`INSERT INTO contact_change (rid) VALUES (${EVERY_CONTACT})`] : [];
