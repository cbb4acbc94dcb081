import { z } from 'zod';

/** Query of every list route: `page` from 1, `limit` up to 200, `sortBy`, `sortOrder`, `search`. Numbers may come as text. */
export const listQuery = <const Sort extends readonly [string, ...string[]]>(sortBy: Sort) =>
  z.object({
    page: z.coerce.number().int().min(1).default(1),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    sortBy: z.enum(sortBy).optional(),
    sortOrder: z.enum(['asc', 'desc']).default('asc'),
    search: z.string().trim().max(200).optional(),
  });

/** Answer of every list route: `{data: rows, page, limit, total}`. */
export const listOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ data: z.array(row), page: z.number().int(), limit: z.number().int(), total: z.number().int() });
