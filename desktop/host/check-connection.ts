import { z } from 'zod';
import type { ConnectionCheck } from '../../shared/bridge/host-contract.ts';
import { findSkew, OLDEST_SERVER, PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import { readAddress } from './server-address.ts';

const aboutServer = z.object({
  data: z.object({
    product: z.literal('switchboard'),
    version: z.string().max(40),
    protocol: z.object({ minimum: z.number().int(), current: z.number().int() }),
  }),
});

const PATIENCE_MS = 8_000;

/** Asks an address what it is: reachable, a Switchboard server, of a version that this app can work with. */
export async function checkConnection(
  address: string,
  read: typeof readAddress = readAddress,
): Promise<ConnectionCheck> {
  const found = await read(address);
  if (!found.ok) return found;
  const serverUrl = found.url.href.replace(/\/+$/, '');
  const { host } = found.url;
  let answer: unknown;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    // What answers with a redirect is not asked again somewhere else, perhaps without TLS.
    const response = await fetch(`${serverUrl}/api/server`, { signal, redirect: 'manual' });
    answer = await response.json().catch(() => null);
  } catch (error) {
    return isCertificateError(error)
      ? {
          ok: false,
          why: 'certificate',
          message: `${host} answers, but its certificate is not one this computer trusts. Ask whoever runs the server; nothing was sent.`,
        }
      : {
          ok: false,
          why: 'out-of-reach',
          message: `Nothing answers at ${host}. Check the address and your connection, then try again.`,
        };
  }
  const about = aboutServer.safeParse(answer);
  if (!about.success)
    return {
      ok: false,
      why: 'not-switchboard',
      message: `${host} answers, but it is no Switchboard server, or one from before version 0.1. Check the address.`,
    };
  const { version, protocol } = about.data.data;
  return { ok: true, serverUrl, version, protocol, skew: findSkew(protocol, PROTOCOL_VERSION, OLDEST_SERVER) };
}

function isCertificateError(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /CERT|SIGNED|ERR_TLS|ERR_SSL|UNABLE_TO_VERIFY/.test(code);
}
