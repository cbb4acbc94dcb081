import { z } from 'zod';
import { SENTIMENTS, statusKeyOf } from '../contacts/contact.ts';

/** Compared folded (case, accents and spacing do not count); `phone` by its digits. */
export const TEXT_FIELDS = [
  'firstName',
  'lastName',
  'company',
  'email',
  'phone',
  'source',
  'locale',
  'timezone',
] as const;
export const NUMBER_FIELDS = ['leadScore', 'estimatedRevenueCents', 'actualRevenueCents'] as const;
export const INSTANT_FIELDS = [
  'createdAt',
  'updatedAt',
  'lastInteractionAt',
  'lastInboundAt',
  'lastOutboundAt',
  'stageEnteredAt',
  'statusEnteredAt',
] as const;
export const ID_FIELDS = ['ownerId', 'pipelineId', 'stageId', 'facebookPageId'] as const;
/** `optedOut` and `doNotCall` are whether the contact has such a moment. */
export const FLAG_FIELDS = ['hasMessenger', 'hasInstagram', 'emergency', 'optedOut', 'doNotCall'] as const;
export const CONSENT_KINDS = ['marketing', 'automated', 'any'] as const;

/** Values of one condition. */
export const MAX_LIST = 1_000;
const MAX_TEXT = 200;
const MAX_DAYS = 36_500;
const FIRST_YEAR = '1900-01-01';

/** Neither database keeps a NUL or half a character; a text with one would be refused by the one and not found by the other. */
const storable = (typed: string): string => typed.replaceAll('\0', '').toWellFormed();
const text = z.string().max(MAX_TEXT).overwrite(storable).trim().min(1, 'Say which text');
const uuid = z.uuid().toLowerCase();
const finite = z.number().min(-1e15).max(1e15);
const days = z.number().int().min(1).max(MAX_DAYS);
const day = z.iso.date().refine((date) => date >= FIRST_YEAR, 'Choose a date from the year 1900 on');
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(MAX_LIST);

/** Both ends count; one of them may be left open. */
const between = <Field extends z.ZodType, Value extends z.ZodType>(field: Field, value: Value) =>
  z
    .object({ field, op: z.literal('between'), from: value.optional(), to: value.optional() })
    .refine((ends) => ends.from !== undefined || ends.to !== undefined, 'Say from where or up to where');
const presence = <Field extends z.ZodType>(field: Field) => z.object({ field, op: z.enum(['exists', 'missing']) });

const textField = z.enum(TEXT_FIELDS);
/** A text that is empty counts as missing. `isNot` is the opposite of `is`, so it holds for contacts without a value too. */
const textLeaf = z.discriminatedUnion('op', [
  z.object({ field: textField, op: z.enum(['is', 'isNot', 'contains', 'startsWith']), value: text }),
  z.object({ field: textField, op: z.literal('among'), values: listOf(text) }),
  presence(textField),
]);

const numberField = z.enum(NUMBER_FIELDS);
const numberLeaf = z.discriminatedUnion('op', [
  z.object({ field: numberField, op: z.enum(['is', 'below', 'atMost', 'above', 'atLeast']), value: finite }),
  between(numberField, finite),
  presence(numberField),
]);

const instantField = z.enum(INSTANT_FIELDS);
/**
 * Dates are calendar days in the zone of whoever asks: `before` a day excludes it, `after` a day excludes it, `between` includes both.
 * `withinDays`: at most so many times 24 hours ago. `notWithinDays` is its opposite and holds for never too; `olderThanDays` does not.
 */
const instantLeaf = z.discriminatedUnion('op', [
  z.object({ field: instantField, op: z.enum(['before', 'after']), date: day }),
  between(instantField, day),
  z.object({ field: instantField, op: z.enum(['withinDays', 'notWithinDays', 'olderThanDays']), days }),
  presence(instantField),
]);

const CHOOSING = ['among', 'notAmong'] as const;
/** `notAmong` is the opposite of `among`, so it holds for contacts without a value too. A choice that was deleted is nobody's. */
const choiceLeaf = <Field extends z.ZodType, Value extends z.ZodType>(field: Field, value: Value) =>
  z.discriminatedUnion('op', [
    z.object({ field, op: z.enum(CHOOSING), values: listOf(value) }),
    z.object({ field, op: z.enum(['exists', 'missing']) }),
  ]);
const statusKey = z.string().max(60).overwrite(statusKeyOf).min(1, 'Name a lead status');

const flagLeaf = z.object({ field: z.enum(FLAG_FIELDS), op: z.literal('is'), value: z.boolean() });

/** By name; case and accents do not count. */
const tagsLeaf = z.object({
  field: z.literal('tags'),
  op: z.enum(['any', 'all', 'none']),
  names: listOf(z.string().max(60).overwrite(storable).trim().min(1)),
});
const groupsLeaf = z.object({
  field: z.literal('groups'),
  op: z.enum(['any', 'all', 'none']),
  ids: listOf(uuid),
});
/** Who is in another segment now; of a static one, who is among its members. One that does not exist matches nobody. */
const segmentLeaf = z.object({ field: z.literal('segment'), op: z.literal('in'), id: uuid });

/** Consent that has expired is not given. `any` is given where one of the others is. */
const consentLeaf = z.object({
  field: z.literal('consent'),
  op: z.enum(['given', 'notGiven']),
  kind: z.enum(CONSENT_KINDS),
});

/** `city`, or `home.city` for what is inside; a dot or backslash of a key itself is written `\.` or `\\`. See attribute-path.ts. */
const path = z
  .string()
  .max(400)
  .overwrite(storable)
  .min(1)
  .refine(
    (typed) => !/^\.|\.$|\.\.|\\$/.test(typed.replace(/\\[.\\]/g, 'x')),
    'Name an attribute, like city or home.city',
  );
const attribute = z.literal('attribute');
const scalar = z.union([z.string().max(MAX_TEXT).overwrite(storable), finite, z.boolean()]);
/** What values mean beside each other is in compare-attribute.ts. */
const attributeLeaf = z.discriminatedUnion('op', [
  z.object({ field: attribute, path, op: z.enum(['equals', 'not_equals', 'contains']), value: scalar }),
  z.object({
    field: attribute,
    path,
    op: z.enum(['greater_than', 'less_than', 'at_least', 'at_most']),
    value: finite,
  }),
  z.object({ field: attribute, path, op: z.enum(['before', 'after']), date: day }),
  z.object({ field: attribute, path, op: z.enum(['exists', 'missing']) }),
]);

/** Every word of the text is somewhere in the names, company, e-mail or digits of the phone. */
const searchLeaf = z.object({ field: z.literal('search'), op: z.literal('matches'), text });

/** One condition. It is true or false of a contact, never neither. */
export const ruleLeaf = z.discriminatedUnion('field', [
  textLeaf,
  numberLeaf,
  instantLeaf,
  choiceLeaf(z.literal('leadStatus'), statusKey),
  choiceLeaf(z.enum(ID_FIELDS), uuid),
  choiceLeaf(z.literal('sentiment'), z.enum(SENTIMENTS)),
  flagLeaf,
  tagsLeaf,
  groupsLeaf,
  segmentLeaf,
  consentLeaf,
  attributeLeaf,
  searchLeaf,
]);

export type RuleLeaf = z.output<typeof ruleLeaf>;
export type LeafField = RuleLeaf['field'];
export type LeafOf<F extends LeafField> = Extract<RuleLeaf, { field: F }>;
export type TextField = (typeof TEXT_FIELDS)[number];
export type NumberField = (typeof NUMBER_FIELDS)[number];
export type InstantField = (typeof INSTANT_FIELDS)[number];
export type IdField = (typeof ID_FIELDS)[number];
export type FlagField = (typeof FLAG_FIELDS)[number];
export type ConsentKind = (typeof CONSENT_KINDS)[number];
