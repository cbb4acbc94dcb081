import { sql } from 'drizzle-orm';
import type { Act } from '../../db/act.ts';
import type { Seal } from '../../db/sealed.ts';

export type Addresses = { phone: string | null; email: string | null };

/** Of this workspace alone: the same address elsewhere is another hash. */
export const hashesOf = ({ tenantId }: Pick<Act, 'tenantId'>, seal: Seal, { phone, email }: Addresses): string[] =>
  [phone, email?.toLowerCase() ?? null].flatMap((one) => (one ? [seal.hash(`${tenantId} ${one}`)] : []));

/** Whether one of the addresses is of somebody who had opted out and was erased. */
export async function isSuppressed(act: Pick<Act, 'tx' | 'tenantId'>, seal: Seal, of: Addresses): Promise<boolean> {
  const { rowCount } = await act.tx.execute(sql`
    select from suppressions where tenant_id = ${act.tenantId}
      and address_hash = any(${sql.param(hashesOf(act, seal, of))}::text[]) limit 1`);
  return (rowCount ?? 0) > 0;
}
