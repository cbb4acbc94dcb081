import { z } from 'zod';
import type { DeepLink } from '../../shared/bridge/host-contract.ts';

export const DEEP_LINK_SCHEME = 'switchboard';

const server = z
  .url({ protocol: /^https?$/ })
  .max(300)
  .nullable();
const links = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('contact'), id: z.uuid() }),
  z.strictObject({ kind: z.literal('sign-in'), server, email: z.email().max(200).nullable() }),
  z.strictObject({ kind: z.literal('join'), server, code: z.string().regex(/^[\w.-]{8,400}$/) }),
]);

/**
 * What a link of ours asks for: `switchboard://contact/<id>`, `switchboard://sign-in?server=…&email=…`,
 * `switchboard://join?server=…&code=…`. Anybody can make one, so it only ever opens a screen and fills in fields: it changes nothing.
 * Null for anything else.
 */
export function parseDeepLink(text: string): DeepLink | null {
  if (text.length > 1_000 || !URL.canParse(text)) return null;
  const { protocol, host, pathname, searchParams, username, port } = new URL(text);
  if (protocol !== `${DEEP_LINK_SCHEME}:` || username || port) return null;
  const path = pathname.replace(/\/$/, '');
  const found = links.safeParse(
    host === 'contact'
      ? { kind: host, id: path.slice(1) }
      : host === 'sign-in' && path === ''
        ? { kind: host, server: searchParams.get('server'), email: searchParams.get('email') }
        : { kind: path === '' ? host : null, server: searchParams.get('server'), code: searchParams.get('code') },
  );
  return found.data ?? null;
}
