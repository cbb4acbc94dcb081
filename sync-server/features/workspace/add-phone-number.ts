import { asc, eq } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { addPhoneNumber as operation } from '../../../shared/workspace/settings-operations.ts';
import type { Act, PreparedVerb } from '../../db/act.ts';
import type { Carrier } from '../../ports/carrier.ts';
import { phoneNumbers } from './phone-number-table.ts';
import { tenants } from './tenant-table.ts';

/** Who may take numbers of the carrier account that all workspaces of this server share. None listed: the oldest workspace alone. */
export type NumberClaims = { carrier: Carrier; workspaces: readonly string[] };

/**
 * Texts to a number reach whoever has it here, so a workspace takes only numbers of an account that it may use, and none that another
 * one has. Who has it is not told.
 */
export const addPhoneNumber = ({ carrier, workspaces }: NumberClaims): PreparedVerb<typeof operation, null> => ({
  async prepare(look, { e164 }) {
    await look(async (act) => {
      await assertFree(act, e164);
      if (carrier.mode === 'live') await assertMayClaim(act, workspaces);
    });
    const found = await carrier.findNumber(e164);
    if (found.status === 'unknown')
      throw new AppError(
        'unavailable',
        'The carrier could not be asked whether this number is of its account. Nothing was changed; add it later.',
        { reason: found.reason },
      );
    if (found.status === 'not ours')
      throw new AppError(
        'not_allowed_now',
        'This number is not of the carrier account of this server. Nothing was changed; buy it there first, or check its digits.',
        { fields: { e164: 'Not of this carrier account' } },
      );
    return null;
  },
  async run(act, { e164, label }) {
    const { tx, tenantId, now } = act;
    const id = act.newId<'phone_number'>();
    const made = await tx
      .insert(phoneNumbers)
      .values({ id, tenantId, e164, label, createdAt: now })
      .onConflictDoNothing()
      .returning({ id: phoneNumbers.id });
    if (!made.length) throw inUse();
    act.audit({ action: 'phoneNumbers.add', entity: 'phone_number', entityId: id, after: { e164, label } });
    return { id };
  },
});

async function assertFree({ tx }: Act, e164: string): Promise<void> {
  const [taken] = await tx.select({ id: phoneNumbers.id }).from(phoneNumbers).where(eq(phoneNumbers.e164, e164));
  if (taken) throw inUse();
}

async function assertMayClaim({ tx, tenantId }: Act, workspaces: readonly string[]): Promise<void> {
  const [oldest] = workspaces.length
    ? []
    : await tx.select({ id: tenants.id }).from(tenants).orderBy(asc(tenants.createdAt), asc(tenants.id)).limit(1);
  if (workspaces.includes(tenantId) || oldest?.id === tenantId) return;
  throw new AppError(
    'not_allowed_now',
    `The carrier account of this server is not for this workspace. Nothing was changed; whoever runs the server can let it in, by CARRIER_WORKSPACES with ${tenantId}.`,
    { reason: 'carrier_account' },
  );
}

const inUse = () =>
  new AppError('conflict', 'This number is in use already. Nothing was changed; check it, or remove it where it is.', {
    fields: { e164: 'In use already' },
  });
