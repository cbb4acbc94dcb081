import { expect, test } from 'vitest';
import { indexSetup } from './import-setup.ts';
import { readImportRow } from './read-import-row.ts';
import { recogniseColumns } from './recognise-columns.ts';

const statuses = ['new', 'qualified', 'contact_made'].map((key) => ({ key, name: key, isActive: true }));
const names = indexSetup({ statuses, stages: [], members: [], pages: [], attributes: [] });
const read = (header: string, line: string, country = 'US') => {
  const headers = header.split(',');
  return readImportRow(line.split(','), 2, { headers, targets: recogniseColumns(headers).targets, country, names });
};

test('Google Contacts, HubSpot and Outlook exports are recognised by their headers', () => {
  const google = recogniseColumns([
    'First Name',
    'Last Name',
    'Labels',
    'E-mail 1 - Label',
    'E-mail 1 - Value',
    'Phone 1 - Value',
    'Organization Name',
  ]);
  expect(google).toEqual({
    format: 'Google Contacts',
    targets: ['firstName', 'lastName', 'tags', 'ignore', 'email', 'phone', 'company'],
  });
  const hubspot = recogniseColumns([
    'Record ID',
    'First Name',
    'Last Name',
    'Email',
    'Phone Number',
    'Lead Status',
    'Associated Company',
  ]);
  expect(hubspot).toEqual({
    format: 'HubSpot',
    targets: ['ignore', 'firstName', 'lastName', 'email', 'phone', 'leadStatus', 'company'],
  });
  const outlook = recogniseColumns([
    'First Name',
    'Last Name',
    'Company',
    'E-mail Address',
    'Business Phone',
    'Mobile Phone',
    'Categories',
  ]);
  expect(outlook).toEqual({
    format: 'Outlook',
    targets: ['firstName', 'lastName', 'company', 'email', 'attribute', 'phone', 'tags'],
  });
});

test('plain headers are recognised whatever their case and accents, and unknown ones become attributes', () => {
  expect(recogniseColumns(['TELÉFONO', 'Nombre', 'Shoe size', ''])).toEqual({
    format: 'CSV',
    targets: ['phone', 'firstName', 'attribute', 'ignore'],
  });
});

test('a row becomes a contact with its number in E.164, its name in parts and its tags apart', () => {
  expect(
    read('Name,Phone,Email,Tags,Roof', 'Ada King Lovelace,(503) 555-0142,ADA@example.org,vip;solar,slate'),
  ).toEqual({
    ok: true,
    row: {
      row: 2,
      fields: {
        firstName: 'Ada',
        lastName: 'King Lovelace',
        phone: '+15035550142',
        email: 'ada@example.org',
        attributes: { Roof: 'slate' },
      },
      tags: ['vip', 'solar'],
    },
    unknown: [],
  });
});

test('a wrong number makes the row invalid and says why, even when the email is right', () => {
  expect(read('Phone,Email', '(503) 555-01,ada@example.org')).toEqual({
    ok: false,
    row: 2,
    reason: 'Phone “(503) 555-01”: Two digits short. US numbers have 10.',
  });
});

test('a row with neither number nor address is invalid', () => {
  expect(read('Name,Phone', 'Ada,')).toEqual({ ok: false, row: 2, reason: 'No phone number and no email address.' });
});

test('scores outside 0 to 100 are refused', () => {
  expect(read('Phone,Score', '5035550142,101')).toMatchObject({ ok: false });
  expect(read('Phone,Score', '5035550142,100')).toMatchObject({ ok: true });
});

test('a status of another program is kept as an attribute instead of refusing the row', () => {
  expect(read('Email,Lead Status', 'ada@example.org,Qualified')).toMatchObject({
    row: { fields: { leadStatus: 'qualified' } },
  });
  expect(read('Email,Lead Status', 'ada@example.org,OPEN_DEAL')).toMatchObject({
    row: { fields: { attributes: { 'Lead Status': 'OPEN_DEAL' } } },
  });
});
