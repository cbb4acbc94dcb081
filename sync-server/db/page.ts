import type { AnyColumn, SQL } from 'drizzle-orm';
import { asc, desc, sql } from 'drizzle-orm';

type Page = { page: number; limit: number; sortOrder: 'asc' | 'desc' };

/** Rows to skip before the page. */
export const offsetOf = ({ page, limit }: Pick<Page, 'page' | 'limit'>): number => (page - 1) * limit;

/** The asked order with empty values last either way, then by id so that pages never overlap. */
export const orderOf = (column: AnyColumn | SQL, id: AnyColumn, sortOrder: Page['sortOrder']): SQL[] =>
  sortOrder === 'asc' ? [sql`${asc(column)} nulls last`, asc(id)] : [sql`${desc(column)} nulls last`, desc(id)];

/** Text as a LIKE pattern that finds it anywhere. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
