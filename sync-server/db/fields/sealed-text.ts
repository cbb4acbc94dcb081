import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

/** What a tenant's encrypted fields are under: 32 bytes for the text, 32 for choosing nonces. */
export type TenantKey = { readonly tenantId: string; readonly text: Buffer; readonly nonces: Buffer };

const NONCE = 12;
const TAG = 16;
/** It holds no character that JSON escapes, so it is found in JSON, and in JSON inside a text, as it stands. */
const SEALED = /^enc1\.([\w-]{38,})$/;

/**
 * `enc1.<base64url of nonce, ciphertext, tag>`: AES-256-GCM bound to the tenant. The nonce is an HMAC of place and text, so the same
 * text in the same place is the same value: what is compared (merging, undo) needs no key, and nothing but that equality shows.
 */
export function sealText(key: TenantKey, place: string, text: string): string {
  if (openText(key, text) !== null) return text;
  const nonce = createHmac('sha256', key.nonces).update(`${place}\0${text}`).digest().subarray(0, NONCE);
  const cipher = createCipheriv('aes-256-gcm', key.text, nonce);
  cipher.setAAD(Buffer.from(key.tenantId));
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `enc1.${sealed.toString('base64url')}`;
}

/** The text, or null for what is not a sealed text of this tenant. */
export function openText(key: TenantKey, value: string): string | null {
  const packed = SEALED.exec(value)?.[1];
  if (packed === undefined) return null;
  const bytes = Buffer.from(packed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key.text, bytes.subarray(0, NONCE));
  decipher.setAAD(Buffer.from(key.tenantId));
  decipher.setAuthTag(bytes.subarray(-TAG));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

const IN_JSON = /(\\?")(enc1\.[\w-]{38,})\\?"/g;

/** JSON with every sealed string of the tenant opened, also those in JSON that stands in a string, as Postgres writes jsonb into a shape. */
export function openJson(key: TenantKey, json: string): string {
  if (!json.includes('enc1.')) return json;
  return json.replace(IN_JSON, (whole, quote: string, sealed: string) => {
    const text = openText(key, sealed);
    if (text === null) return whole;
    const once = JSON.stringify(text);
    return quote === '"' ? once : JSON.stringify(once).slice(1, -1);
  });
}
