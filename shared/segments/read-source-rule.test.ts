import { expect, test } from 'vitest';
import { readSourceRule } from './read-source-rule.ts';

const [one, two] = ['6f0c6a0e-4a0e-4a57-8a38-2f7b1c9b0c01', '6f0c6a0e-4a0e-4a57-8a38-2f7b1c9b0c02'];
const attribute = (path: string, op: string, value?: unknown) => ({
  field: 'attribute',
  path,
  op,
  ...(value === undefined ? {} : { value }),
});

test('entry criteria of a journey are read as they stand in the source document', () => {
  const json = `{
    "segmentIds": ["${one}", "${two}"],
    "tags": ["tag1", "tag2"],
    "attributes": {
      "city": "New York",
      "age": { "greater_than": 25 }
    }
  }`;
  expect(readSourceRule(JSON.parse(json))).toEqual({
    ok: true,
    kind: null,
    rule: {
      all: [
        { field: 'tags', op: 'any', names: ['tag1', 'tag2'] },
        {
          any: [
            { field: 'segment', op: 'in', id: one },
            { field: 'segment', op: 'in', id: two },
          ],
        },
        attribute('city', 'equals', 'New York'),
        attribute('age', 'greater_than', 25),
      ],
    },
  });
});

test.each([
  [{ attributes: { city: 'New York' } }, attribute('city', 'equals', 'New York')],
  [{ attributes: { age: { greater_than: 25 } } }, attribute('age', 'greater_than', 25)],
  [{ attributes: { age: { greater_than: '25' } } }, attribute('age', 'greater_than', 25)],
  [{ attributes: { interests: { contains: 'technology' } } }, attribute('interests', 'contains', 'technology')],
  [{ attributes: { home: { city: 'Bonn' } } }, attribute('home.city', 'equals', 'Bonn')],
  [{ attributes: { 'a.b': 'dot' } }, attribute('a\\.b', 'equals', 'dot')],
  [{ attributes: { plan: { exists: true } } }, attribute('plan', 'exists')],
  [{ attributes: { plan: { exists: false } } }, attribute('plan', 'missing')],
  [{ attributes: { plan: { not_exists: true } } }, attribute('plan', 'missing')],
  [{ attributes: { plan: null } }, attribute('plan', 'missing')],
  [{ attributes: { plan: ['a', 'b'] } }, { any: [attribute('plan', 'equals', 'a'), attribute('plan', 'equals', 'b')] }],
  [
    { attributes: { age: { greater_than: 25, less_than: 40 } } },
    { all: [attribute('age', 'greater_than', 25), attribute('age', 'less_than', 40)] },
  ],
  [{ includeTags: ['vip'] }, { field: 'tags', op: 'any', names: ['vip'] }],
  [
    { tags: { include: ['vip'], exclude: ['bounced'] } },
    {
      all: [
        { field: 'tags', op: 'any', names: ['vip'] },
        { field: 'tags', op: 'none', names: ['bounced'] },
      ],
    },
  ],
  [{ hasConsent: true }, { field: 'consent', op: 'given', kind: 'any' }],
  [
    { hasConsent: true, consentType: 'AUTOMATED' },
    { field: 'consent', op: 'given', kind: 'automated' },
  ],
  [{ consentType: 'Marketing messages' }, { field: 'consent', op: 'given', kind: 'marketing' }],
  [
    { hasConsent: false, consentType: 'marketing' },
    { field: 'consent', op: 'notGiven', kind: 'marketing' },
  ],
  [
    { leadStatus: { include: ['SOLD', 'Contact Made'], exclude: ['DNC'] } },
    {
      all: [
        { field: 'leadStatus', op: 'among', values: ['sold', 'contact_made'] },
        { field: 'leadStatus', op: 'notAmong', values: ['dnc'] },
      ],
    },
  ],
  [{ leadStatus: 'PAUSED' }, { field: 'leadStatus', op: 'among', values: ['paused'] }],
  [{ tags: { include: [], exclude: [] } }, { all: [] }],
  [{}, { all: [] }],
])('%j is understood', (criteria, rule) => {
  expect(readSourceRule(criteria)).toEqual({ ok: true, kind: null, rule });
});

test.each([
  [true, 'dynamic'],
  [false, 'static'],
])('continuousInclusion %s makes it %s, inside the criteria or beside them', (continuousInclusion, kind) => {
  const rule = { field: 'tags', op: 'any', names: ['vip'] };
  const bare = { includeTags: ['vip'], continuousInclusion };
  const wrapped = { filterCriteria: { includeTags: ['vip'] }, continuousInclusion };
  for (const input of [bare, wrapped]) expect(readSourceRule(input)).toEqual({ ok: true, kind, rule });
});

test.each([
  [{ tag: ['vip'] }, 'tag'],
  [{ attributes: { age: { greater_than: 25, colour: 'red' } } }, 'age'],
  [{ attributes: { age: { greater_than: 'old' } } }, 'not understood'],
  [{ attributes: { age: {} } }, 'age'],
  [{ consentType: 'sworn' }, 'sworn'],
  [{ segmentIds: ['none'] }, 'not understood'],
  [null, 'not understood'],
  [['vip'], 'not understood'],
  [{ filterCriteria: 'vip' }, 'not understood'],
])('%j is refused in words, because leaving a condition out would mean other people', (criteria, word) => {
  const read = readSourceRule(criteria);
  expect(read).toMatchObject({ ok: false });
  expect('message' in read && read.message).toContain(word);
});

test('a key that is also a property of every object is an attribute like any other', () => {
  const criteria: unknown = JSON.parse(
    '{"attributes": {"__proto__": "x", "constructor": "y", "toString": {"exists": true}}}',
  );
  expect(readSourceRule(criteria)).toMatchObject({
    rule: {
      all: [
        attribute('__proto__', 'equals', 'x'),
        attribute('constructor', 'equals', 'y'),
        attribute('toString', 'exists'),
      ],
    },
  });
});
