import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { OLDEST_READER } from '../shared/protocol/protocol-version.ts';

/** What one server process does. With the embedded shape log exactly one process may hold `shapes`. */
export const SERVER_ROLES = ['web', 'worker', 'shapes'] as const;
export type ServerRole = (typeof SERVER_ROLES)[number];

const url = z.string().regex(/^https?:\/\//, 'must start with http:// or https://');
const optional = (text: z.ZodString) => z.preprocess((v) => (v === '' ? undefined : v), text.optional());

const variables = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(5002),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: optional(z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres://')),
  ELECTRIC_URL: optional(url),
  ELECTRIC_SECRET: optional(z.string()),
  PUBLIC_URL: optional(url),
  DATA_DIR: z.string().default('.data'),
  SECRETS_KEY: optional(z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits (openssl rand -hex 32)')),
  SMTP_URL: optional(z.string().regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')),
  MAIL_FROM: optional(z.string().max(320)),
  TWILIO_ACCOUNT_SID: optional(z.string()),
  TWILIO_AUTH_TOKEN: optional(z.string()),
  CARRIER_WORKSPACES: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((id) => (id.trim() === '' ? [] : [id.trim().toLowerCase()])))
    .pipe(z.array(z.uuid('must be ids of workspaces with commas'))),
  SERVER_ROLES: z
    .string()
    .default('web,worker,shapes')
    .transform((text) => text.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(SERVER_ROLES)).min(1)),
  TRUST_PROXY: z
    .string()
    .trim()
    .refine((text) => isProxyTrust(text), 'must be a number of proxies, or addresses and networks with commas')
    .default(''),
  FIELD_ENCRYPTION_KEYS: z
    .string()
    .trim()
    .refine((text) => readMasterKeys(text) !== null, 'must be id:key pairs with commas, each key 32 bytes in base64')
    .default(''),
  MINIMUM_PROTOCOL: z.coerce.number().int().min(OLDEST_READER).default(OLDEST_READER),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** Null for what is no list of keys. */
function readMasterKeys(text: string): Env['fieldKeys'] | null {
  if (text === '') return [];
  const keys = text.split(',').map((part) => {
    const [, id, key] = /^([\w-]{1,40}):([A-Za-z0-9+/]{43}=)$/.exec(part.trim()) ?? [];
    return id && key ? { id, key: Buffer.from(key, 'base64') } : null;
  });
  const whole = keys.filter((key) => key !== null);
  return whole.length === keys.length && new Set(whole.map(({ id }) => id)).size === keys.length ? whole : null;
}

/** `true`, which would believe whatever a client writes, is none of them. */
function isProxyTrust(text: string): boolean {
  if (/^\d{0,2}$/.test(text)) return true;
  return text.split(',').every((part) => {
    const [address = '', bits] = part.trim().split('/');
    const size = isIP(address);
    if (!size) return ['loopback', 'linklocal', 'uniquelocal'].includes(part.trim());
    return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (size === 4 ? 32 : 128));
  });
}

/** The settings of a server process. Everything else asks for these, nobody else reads `process.env`. */
export type Env = {
  port: number;
  /** The address to listen on. Loopback unless told, so that a demo is not open to the network. */
  host: string;
  /** Null means: the embedded Postgres below `dataDir`. */
  databaseUrl: string | null;
  electricUrl: string | null;
  electricSecret: string | null;
  /** Where the outside world reaches this server; webhook signatures are made over it + path. */
  publicUrl: string | null;
  dataDir: string;
  /** 32 bytes in hexadecimal that what must be readable again (second factors, mails that wait) is sealed with. Null: a file below `dataDir`. */
  secretsKey: string | null;
  /** Null means that mails stay on the page `/sandbox/mail`. */
  mail: { smtpUrl: string; from: string } | null;
  /**
   * Without an account id texts leave through the sandbox. With the token alone Twilio's webhooks are taken all the same,
   * so that inbound texts can be tried, signed, without an account to send from.
   */
  twilio: { accountSid: string | null; authToken: string } | null;
  /** Ids of the workspaces that may take numbers of the carrier account. None: the oldest alone. */
  carrierWorkspaces: readonly string[];
  roles: ReadonlySet<ServerRole>;
  /**
   * Proxies whose X-Forwarded headers are believed: how many stand before this server, or which addresses they have.
   * False believes nobody; then all who come through a proxy count as one place in the sign-in limits.
   */
  trustProxy: false | number | string;
  /** Apps of an older protocol get no more data and are asked to update. What they have still to send is taken. */
  minimumProtocol: number;
  /** Master keys for encrypted fields; the first one is for new ones. None: notes are stored as they are written. */
  fieldKeys: readonly { readonly id: string; readonly key: Buffer }[];
  logLevel: string;
};

/** Reads the settings, or throws one error that names every wrong variable. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const parsed = variables.safeParse(source);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The server's settings are wrong:\n${lines.join('\n')}`);
  }
  const v = parsed.data;
  if (v.TWILIO_ACCOUNT_SID && !v.TWILIO_AUTH_TOKEN)
    throw new Error("The server's settings are wrong:\n  TWILIO_AUTH_TOKEN: goes with TWILIO_ACCOUNT_SID");
  if (v.SMTP_URL && !v.MAIL_FROM) throw new Error("The server's settings are wrong:\n  MAIL_FROM: goes with SMTP_URL");
  return {
    port: v.PORT,
    host: v.HOST,
    databaseUrl: v.DATABASE_URL ?? null,
    electricUrl: v.ELECTRIC_URL ?? null,
    electricSecret: v.ELECTRIC_SECRET ?? null,
    publicUrl: v.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    dataDir: resolve(v.DATA_DIR),
    secretsKey: v.SECRETS_KEY?.toLowerCase() ?? null,
    mail: v.SMTP_URL && v.MAIL_FROM ? { smtpUrl: v.SMTP_URL, from: v.MAIL_FROM } : null,
    twilio: v.TWILIO_AUTH_TOKEN ? { accountSid: v.TWILIO_ACCOUNT_SID ?? null, authToken: v.TWILIO_AUTH_TOKEN } : null,
    carrierWorkspaces: v.CARRIER_WORKSPACES,
    roles: new Set(v.SERVER_ROLES),
    trustProxy: v.TRUST_PROXY === '' ? false : /^\d+$/.test(v.TRUST_PROXY) ? Number(v.TRUST_PROXY) : v.TRUST_PROXY,
    minimumProtocol: v.MINIMUM_PROTOCOL,
    fieldKeys: readMasterKeys(v.FIELD_ENCRYPTION_KEYS) ?? [],
    logLevel: v.LOG_LEVEL,
  };
}
