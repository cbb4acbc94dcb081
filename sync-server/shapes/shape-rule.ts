import { hasRole, type Role } from '../../shared/protocol/role.ts';
import { toColumnName, type SyncedTable } from '../../shared/protocol/synced-table.ts';

/**
 * Which rows of a table a person may replicate. Decided here and never by the client.
 * `tenant`: rows of their tenant. `device`: rows written for the very device that asks.
 */
export type ShapeRule = { readonly table: SyncedTable; readonly role: Role; readonly scope: 'tenant' | 'device' };

/** Who asks, from a verified access token. */
export type ShapeReader = { readonly tenantId: string; readonly deviceId: string; readonly role: Role };

/** A set of rows and columns of one table: `column = value` for each entry of `where`, all of them together. */
export type ShapeDefinition = {
  readonly table: string;
  readonly columns: readonly string[];
  readonly where: readonly { readonly column: string; readonly value: string }[];
};

/** The shape of this name for this reader; null when there is none or their role does not reach it. */
export function defineShape(rules: readonly ShapeRule[], name: string, reader: ShapeReader): ShapeDefinition | null {
  const rule = rules.find(({ table }) => table.name === name);
  if (!rule || !hasRole(reader.role, rule.role)) return null;
  const tenant = { column: 'tenant_id', value: reader.tenantId };
  return {
    table: rule.table.name,
    columns: Object.keys(rule.table.columns).map(toColumnName),
    where: rule.scope === 'device' ? [tenant, { column: 'device_id', value: reader.deviceId }] : [tenant],
  };
}
