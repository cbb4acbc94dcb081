import { z } from 'zod';
import { segmentRule } from './segment.ts';

/** Columns of the list of contacts, by what people call them. */
export const LIST_COLUMNS = [
  'name',
  'avatar',
  'score',
  'sentiment',
  'stage',
  'status',
  'value',
  'revenue',
  'page',
  'platforms',
  'tags',
  'company',
  'phone',
  'email',
  'owner',
  'lastMessage',
  'lastMessageAt',
  'added',
  'when',
] as const;

/** What the list of contacts is sorted by. */
export const SORT_KEYS = [
  'name',
  'score',
  'createdAt',
  'lastInteractionAt',
  'company',
  'status',
  'stage',
  'sentiment',
  'value',
  'stageEnteredAt',
  'lastInboundAt',
] as const;

export const PAGE_SIZES = [10, 20, 50, 100] as const;

const column = z.object({
  key: z.enum(LIST_COLUMNS),
  /** Where somebody made it wider or narrower. */
  px: z.number().int().min(40).max(800).optional(),
});

export const contactView = z.object({
  search: z.string().max(200).default(''),
  /** Absent is everybody. */
  filter: segmentRule.optional(),
  sort: z.enum(SORT_KEYS),
  order: z.enum(['asc', 'desc']),
  columns: z.array(column).min(1).max(LIST_COLUMNS.length),
  /** Rows of a page; absent is one list without an end. */
  pageSize: z.union(PAGE_SIZES.map((size) => z.literal(size))).optional(),
});

export type SavedContactView = z.output<typeof contactView>;
