import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Pool } from '../pool.ts';
import { openJson, sealText, type TenantKey } from './sealed-text.ts';

/** Master keys by id; the first one wraps new tenants' keys. Empty: fields are stored as they are. */
export type MasterKeys = readonly { readonly id: string; readonly key: Buffer }[];

/** Encrypts single fields of a tenant before they are stored, and opens them where they leave the server. */
export interface FieldKeys {
  /** The text as it is to be stored. A text that is sealed already stays as it is. */
  seal(tenantId: string, place: string, text: string): Promise<string>;
  /** JSON as it may leave the server to somebody of the tenant. */
  open(tenantId: string, json: string): Promise<string>;
  /** Whether a tenant has anything to open: answers that have not go out as they come. */
  isOn(tenantId: string): Promise<boolean>;
}

type Known = { readonly key: TenantKey; readonly retired: boolean };

/** For this long a process may not know that a key was retired. */
export const KEY_MEMORY_MS = 30_000;

/**
 * Each tenant has a key of its own, made on first use and kept wrapped in `tenant_keys`. Without master keys nothing new is sealed;
 * what is sealed cannot be opened then, which `assertKeysFit` says at the start.
 */
export function createFieldKeys(pool: Pool, masters: MasterKeys, now: () => number = Date.now): FieldKeys {
  const known = new Map<string, { at: number; found: Promise<Known | null> }>();
  // Committed by itself: a key that went with a rolled back act would take along what others sealed with it.
  const load = async (tenantId: string): Promise<Known | null> => {
    const [first] = masters;
    if (!first) return null;
    const row = (await findKey(pool, tenantId)) ?? (await makeKey(pool, tenantId, first));
    return row ? { key: toTenantKey(tenantId, unwrapKey(masters, tenantId, row)), retired: row.retired } : null;
  };
  const keyOf = (tenantId: string): Promise<Known | null> => {
    const before = known.get(tenantId);
    if (before && now() - before.at < KEY_MEMORY_MS) return before.found;
    const found = load(tenantId);
    known.set(tenantId, { at: now(), found });
    found.then(
      // A tenant that is being made in a transaction still open has no key yet.
      (key) => key === null && known.delete(tenantId),
      () => known.delete(tenantId),
    );
    return found;
  };
  return {
    async seal(tenantId, place, text) {
      const found = await keyOf(tenantId);
      return found && !found.retired ? sealText(found.key, place, text) : text;
    },
    async open(tenantId, json) {
      if (!masters.length || !json.includes('enc1.')) return json;
      const found = await keyOf(tenantId);
      return found ? openJson(found.key, json) : json;
    },
    isOn: async (tenantId) => masters.length > 0 && (await keyOf(tenantId)) !== null,
  };
}

type WrappedKey = { id: string; wrapped: string; retired: boolean };

async function findKey(pool: Pool, tenantId: string): Promise<WrappedKey | undefined> {
  const { rows } = await pool.query<WrappedKey>(
    'select master_key_id as id, wrapped, retired_at is not null as retired from tenant_keys where tenant_id = $1',
    [tenantId],
  );
  return rows[0];
}

async function makeKey(pool: Pool, tenantId: string, master: MasterKeys[number]): Promise<WrappedKey | undefined> {
  await pool.query(
    `insert into tenant_keys (tenant_id, master_key_id, wrapped)
     select id, $2, $3 from tenants where id = $1 on conflict do nothing`,
    [tenantId, master.id, wrapKey(master.key, tenantId, randomBytes(64))],
  );
  return findKey(pool, tenantId);
}

/** Where nothing is encrypted by field. */
export const NO_FIELD_KEYS: FieldKeys = {
  seal: async (_tenantId, _place, text) => text,
  open: async (_tenantId, json) => json,
  isOn: async () => false,
};

/** Throws when something is sealed with a master key that this process was not given. */
export async function assertKeysFit(pool: Pool, masters: MasterKeys): Promise<void> {
  const { rows } = await pool.query<{ id: string }>('select distinct master_key_id as id from tenant_keys');
  const missing = rows.filter(({ id }) => !masters.some((master) => master.id === id)).map(({ id }) => id);
  if (missing.length)
    throw new AppError(
      'unavailable',
      `Notes in this database are encrypted with the key "${missing.join('", "')}". Add it to FIELD_ENCRYPTION_KEYS and start again.`,
    );
}

/** A tenant's key under a master key, bound to the tenant. */
export function wrapKey(master: Buffer, tenantId: string, key: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', master, nonce);
  cipher.setAAD(Buffer.from(tenantId));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

export function unwrapKey(
  masters: MasterKeys,
  tenantId: string,
  { id, wrapped }: { id: string; wrapped: string },
): Buffer {
  const master = masters.find((one) => one.id === id);
  if (!master)
    throw new AppError('unavailable', 'The notes of this workspace cannot be read now. Nothing was changed.');
  const bytes = Buffer.from(wrapped, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', master.key, bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(tenantId));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
}

export const toTenantKey = (tenantId: string, key: Buffer): TenantKey => ({
  tenantId,
  text: key.subarray(0, 32),
  nonces: key.subarray(32, 64),
});
