import { expect, test } from 'vitest';
import type { ActRow } from '../../../../shared/bridge/team-contract.ts';
import { actsToCsv } from './acts-csv.ts';

const act: ActRow = {
  id: 'a',
  userId: 'u',
  userName: 'Maya, “M” Okafor',
  mine: true,
  deviceName: '=HYPERLINK("https://evil.example")',
  action: 'contacts.update',
  entity: 'contact',
  entityId: null,
  contactId: null,
  contactName: '+15035550142',
  records: 1,
  before: { company: 'Larkspur' },
  after: null,
  title: 'Ada edited',
  mayUndo: false,
  inverse: null,
  undoneAt: null,
  at: Date.UTC(2026, 10, 21, 16, 30),
};

test('no cell is a formula and what has commas or quotes is quoted', () => {
  const [, line] = actsToCsv([act], (title) => title.toUpperCase()).split('\r\n');
  expect(line).toBe(
    `2026-11-21T16:30:00.000Z,"Maya, “M” Okafor","'=HYPERLINK(""https://evil.example"")",ADA EDITED,'+15035550142,1,"{""company"":""Larkspur""}",,`,
  );
});
