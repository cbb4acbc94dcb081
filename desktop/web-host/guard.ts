import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export type Verdict = { allowed: true } | { allowed: false; status: number; message: string };

const refuse = (status: number, message: string): Verdict => ({ allowed: false, status, message });

/**
 * Keeps the browser host to the person at this computer. A page of another site can make a browser send requests here, so:
 *
 * - the Host must be ours, or a name that somebody points at 127.0.0.1 could read everything (DNS rebinding);
 * - the bridge needs our Origin and a secret of this very start, in a cookie that scripts cannot read and other sites don't send;
 * - the cookie is given to the app's own page only when a person went there themselves (address bar, bookmark, the printed link).
 */
export class HostGuard {
  readonly cookieName: string;
  readonly secret = randomBytes(32).toString('hex');
  private readonly hosts: ReadonlySet<string>;

  constructor(port: number) {
    this.hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
    // Cookies do not know ports: each profile's host has a name of its own.
    this.cookieName = `switchboard-${port}`;
  }

  checkHost(headers: IncomingHttpHeaders): Verdict {
    return this.hosts.has(headers.host ?? '')
      ? { allowed: true }
      : refuse(421, 'This address serves Switchboard on this computer only.');
  }

  /** Whether a page load may receive the secret. `key` is the one in the printed link. */
  mayReceiveSecret(headers: IncomingHttpHeaders, key: string | null): boolean {
    if (key !== null && this.isSecret(key)) return true;
    const site = headers['sec-fetch-site'];
    return (site === 'none' || site === 'same-origin') && headers['sec-fetch-dest'] === 'document';
  }

  cookie(): string {
    return `${this.cookieName}=${this.secret}; Path=/; HttpOnly; SameSite=Strict`;
  }

  checkBridge(headers: IncomingHttpHeaders): Verdict {
    const host = this.checkHost(headers);
    if (!host.allowed) return host;
    if (headers.origin !== `http://${headers.host}`) return refuse(403, 'Only Switchboard’s own page may connect.');
    const cookies = new Map(
      (headers.cookie ?? '').split(/;\s*/).map((pair) => [pair.split('=')[0], pair.slice(pair.indexOf('=') + 1)]),
    );
    return this.isSecret(cookies.get(this.cookieName) ?? '')
      ? { allowed: true }
      : refuse(403, 'Open the address that npm start printed.');
  }

  private isSecret(text: string): boolean {
    const given = Buffer.from(text);
    const own = Buffer.from(this.secret);
    return given.length === own.length && timingSafeEqual(given, own);
  }
}
