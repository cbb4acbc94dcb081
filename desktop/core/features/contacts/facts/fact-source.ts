import { toColumnName } from '../../../../../shared/protocol/synced-table.ts';
import type { Cell } from '../../../replica/cells.ts';
import { NumberColumn, ValueColumn, type FactColumn } from './fact-column.ts';
import type { FlagColumn, PresentField, SegmentTest } from '../../../../../shared/segments/prepare-rule.ts';
import { TEXT_FIELDS, type TextField } from '../../../../../shared/segments/segment-leaf.ts';

/** Where a fact comes from: an expression over a row of `contacts c`, with its parameters, and the column that keeps it. */
export type FactSource = {
  name: string;
  sql: string;
  values: readonly string[];
  make: (capacity: number) => FactColumn;
};

const FLAGS: readonly (FlagColumn | PresentField)[] = [
  'hasMessenger',
  'hasInstagram',
  'emergency',
  'optedOutAt',
  'doNotCallAt',
];
const NUMBERS: ReadonlySet<string> = new Set<PresentField>([
  'estimatedRevenueCents',
  'actualRevenueCents',
  'createdAt',
  'updatedAt',
  'lastInteractionAt',
  'lastInboundAt',
  'lastOutboundAt',
  'stageEnteredAt',
  'statusEnteredAt',
  'marketingConsentUntil',
  'automatedConsentUntil',
]);

const asText = (cell: Cell): string | null => (cell === null ? null : String(cell));
const asNumber = (cell: Cell): number | null => (cell === null ? null : Number(cell));
const asMask = (cell: Cell): number => Number(cell ?? 0);
const asIds = (cell: Cell): ReadonlySet<string> => new Set(cell === null ? [] : String(cell).split(','));
const asJson = (cell: Cell): unknown => (cell === null ? null : (JSON.parse(String(cell)) as unknown));

const plain = (field: string, make: FactSource['make']): FactSource => ({
  name: field,
  sql: `c.${toColumnName(field)}`,
  values: [],
  make,
});

/** Many yes-or-nos in one number, a bit each. */
const mask = (name: string, conditions: readonly string[]): FactSource => ({
  name,
  sql: conditions.map((condition, bit) => `((${condition}) << ${bit})`).join(' | '),
  values: [],
  make: (capacity) => new ValueColumn(capacity, asMask),
});

/** All the tags, or groups, of a contact as one value: few contacts have sets of their own. */
const linked = (name: string, table: string, by: string): FactSource => ({
  name,
  sql: `(SELECT group_concat(${by}) FROM ${table} l WHERE l.contact_id = c.id)`,
  values: [],
  make: (capacity) => new ValueColumn(capacity, asIds),
});

export const FLAG_FACTS = mask(
  'flags',
  FLAGS.map((field) =>
    field.endsWith('At') ? `c.${toColumnName(field)} IS NOT NULL` : `c.${toColumnName(field)} IS 1`,
  ),
);
export const FILLED_FACTS = mask(
  'filled',
  TEXT_FIELDS.map((field) => `coalesce(c.${toColumnName(field)} <> '', 0)`),
);
export const TAG_FACTS = linked('tags', 'contact_tags', 'tag_id');
export const GROUP_FACTS = linked('groups', 'group_members', 'group_id');

/** As it is spelt. No condition looks at it: they compare folded texts. */
export const SOURCE_FACTS: FactSource = {
  name: 'source',
  sql: 'c.source',
  values: [],
  make: (capacity) => new ValueColumn(capacity, asText),
};

export const flagBit = (field: FlagColumn | PresentField): number => 1 << FLAGS.indexOf(field);
export const filledBit = (field: TextField): number => 1 << TEXT_FIELDS.indexOf(field);

/** The fact behind a field of a contact. */
export function fieldFacts(field: PresentField): FactSource {
  if (FLAGS.includes(field)) return FLAG_FACTS;
  if (NUMBERS.has(field)) return plain(field, (capacity) => new NumberColumn(capacity));
  if (field === 'leadScore') return plain(field, (capacity) => new ValueColumn(capacity, asNumber));
  return plain(field, (capacity) => new ValueColumn(capacity, asText));
}

/** What stands at a path of the attributes. */
const attributeFacts = (keys: readonly string[]): FactSource => {
  const path = `$${keys.map((key) => `.${JSON.stringify(key)}`).join('')}`;
  return {
    name: `attribute ${path}`,
    sql: 'c.attributes -> ?',
    values: [path],
    make: (capacity) => new ValueColumn(capacity, asJson),
  };
};

/** What most filters look at. Loaded before anybody asks. */
export const FIRST_FACTS: readonly FactSource[] = [
  ...(['leadStatus', 'leadScore', 'pipelineId', 'stageId', 'ownerId', 'facebookPageId', 'sentiment'] as const).map(
    fieldFacts,
  ),
  FLAG_FACTS,
  fieldFacts('createdAt'),
  fieldFacts('lastInteractionAt'),
  fieldFacts('estimatedRevenueCents'),
  TAG_FACTS,
  GROUP_FACTS,
];

/** The fact that a condition looks at; null for what SQL answers: texts, of which there are as many as contacts. */
export function factsOf(test: SegmentTest): FactSource | null {
  switch (test.test) {
    case 'present':
    case 'range':
    case 'choice':
      return fieldFacts(test.field);
    case 'flag':
      return FLAG_FACTS;
    case 'filled':
      return FILLED_FACTS;
    case 'tags':
      return TAG_FACTS;
    case 'groups':
      return GROUP_FACTS;
    case 'attribute':
      return attributeFacts(test.keys);
    default:
      return null;
  }
}
