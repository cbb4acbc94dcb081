import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

export type Address = { ok: true; url: URL } | { ok: false; why: 'no-address' | 'plain-http'; message: string };

/** Addresses that never leave this computer or this office. */
const NEAR = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat']);

/**
 * The server's address as a person types it: without a scheme it means https, except on this computer.
 * Plain http is for this computer and for private networks; elsewhere anybody on the way could read passwords.
 */
export async function readAddress(
  text: string,
  resolve: (host: string) => Promise<string[]> = resolveHost,
): Promise<Address> {
  const typed = text.trim();
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (!url || typed === '')
    return {
      ok: false,
      why: 'no-address',
      message: 'This is no address of a server. It looks like https://crm.example.com.',
    };
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  if (url.protocol === 'https:') {
    if (/^[a-z]+:\/\//i.test(typed) || !isLoopbackName(bare)) return { ok: true, url };
    url.protocol = 'http:';
  }
  if (await isNear(bare, resolve)) return { ok: true, url };
  return {
    ok: false,
    why: 'plain-http',
    message: `Anybody on the way to ${url.hostname} could read your password over plain http. Use https://${url.host}, or ask whoever runs the server.`,
  };
}

function parse(text: string): URL | null {
  if (text.length > 300 || !URL.canParse(text)) return null;
  const url = new URL(text);
  const fits = ['http:', 'https:'].includes(url.protocol) && url.hostname && !url.username && !url.password;
  return fits && !url.search && !url.hash ? url : null;
}

const isLoopbackName = (host: string): boolean =>
  host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback');

async function isNear(host: string, resolve: (host: string) => Promise<string[]>): Promise<boolean> {
  if (isLoopbackName(host)) return true;
  // A name with a single far address is far: which one is taken is not ours to choose.
  const addresses = ipaddr.isValid(host) ? [host] : await resolve(host).catch(() => []);
  return addresses.length > 0 && addresses.every((one) => NEAR.has(ipaddr.process(one).range()));
}

const resolveHost = async (host: string): Promise<string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);
