import { AppError } from '../../shared/kernel/app-error.ts';
import { hasRole, type Role } from '../../shared/protocol/role.ts';
import { toColumnName, type SyncedTable } from '../../shared/protocol/synced-table.ts';
import { readColumnList, type ShapeCondition, type ShapeDefinition } from './shape-definition.ts';

/**
 * Which rows of a table a person may replicate. Decided here and never by the client.
 * `tenant`: rows of their tenant. `user`: rows of theirs alone. `device`: rows written for the very device that asks.
 * `window`: readers may ask for the newest rows only, by this column (an instant), in one of these numbers of days.
 */
export type ShapeRule = {
  readonly table: SyncedTable;
  readonly role: Role;
  readonly scope: 'tenant' | 'user' | 'device';
  readonly window?: { readonly column: string; readonly days: readonly number[] };
};

/** Who asks, from a verified access token. */
export type ShapeReader = {
  readonly tenantId: string;
  readonly userId: string;
  readonly deviceId: string;
  readonly role: Role;
};

/** What a reader may choose within their rule: fewer columns, fewer days. Everything else in a request is ignored. */
export type ShapeWish = { readonly columns?: string | undefined; readonly days?: string | undefined };

/** The rule of this name, if the reader's role reaches it. Throws `not_found` or `forbidden`. */
export function getRule(rules: readonly ShapeRule[], name: string, reader: ShapeReader): ShapeRule {
  const rule = rules.find(({ table }) => table.name === name);
  if (!rule) throw new AppError('not_found', 'There is nothing of that name to sync.');
  if (!hasRole(reader.role, rule.role))
    throw new AppError('forbidden', 'Your role does not include this data. Ask an administrator of your workspace.');
  return rule;
}

/**
 * The reader's shape. The columns are the rule's, or those of them that were wished for (the id always), so that an app that does not
 * know a new column keeps its handle. The window is the narrower of the wished and the tenant's (`limitDays`); it begins on the
 * first of a month (UTC), so that the definition, and with it the handle, changes once a month.
 */
export function defineShape(
  rule: ShapeRule,
  reader: ShapeReader,
  wish: ShapeWish,
  bounds: { now: number; limitDays: number | null },
): ShapeDefinition {
  const where: ShapeCondition[] = [{ column: 'tenant_id', value: reader.tenantId }];
  if (rule.scope === 'user') where.push({ column: 'user_id', value: reader.userId });
  if (rule.scope === 'device') where.push({ column: 'device_id', value: reader.deviceId });
  if (rule.window) {
    const wished = rule.window.days.filter((days) => String(days) === wish.days);
    const days = Math.min(...wished, bounds.limitDays ?? Number.POSITIVE_INFINITY);
    if (Number.isFinite(days)) where.push({ column: rule.window.column, from: monthStart(bounds.now, days) });
  }
  const all = Object.keys(rule.table.columns).map(toColumnName);
  const wished = wish.columns === undefined ? null : readColumnList(wish.columns);
  return {
    table: rule.table.name,
    columns: wished ? all.filter((name) => name === 'id' || wished.includes(name)) : all,
    where,
  };
}

/** The first of the month at or before `days` ago, as Postgres writes it in UTC. */
function monthStart(now: number, days: number): string {
  const at = new Date(now - days * 86_400_000);
  const month = `${at.getUTCFullYear()}-${String(at.getUTCMonth() + 1).padStart(2, '0')}`;
  return `${month}-01 00:00:00+00`;
}
