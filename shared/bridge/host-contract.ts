import type { ProtocolRange, Skew } from '../protocol/protocol-version.ts';

/** What the host around the core is and can. What it cannot do answers `not_allowed_now`, in words. */
export type HostFacts = {
  kind: 'electron' | 'browser';
  /** As Node names it: darwin, win32, linux. */
  platform: string;
  appVersion: string;
  /** `notify` and `badge` false: the page does it with what the browser has. */
  can: { update: boolean; startAtLogin: boolean; notify: boolean; badge: boolean; localServer: boolean };
  startAtLogin: boolean;
};

/**
 *   idle ─▶ checking ─▶ current
 *              │  └───▶ downloading ─▶ ready ─ install ─▶ (restart)
 *              ▼             ▼           └─ install while something is held ─▶ held ─ let go ─▶ (restart)
 *            failed ◀──── failed        The old version runs on in every one of these states.
 *   returned: the version before took over again, because the new one ended again and again right after its start.
 */
export type UpdateState =
  | { status: 'idle' }
  | { status: 'checking' }
  | { status: 'current'; checkedAt: number }
  | { status: 'downloading'; version: string; percent: number }
  | { status: 'ready'; version: string }
  | { status: 'held'; version: string; because: string }
  | { status: 'failed'; version: string | null; message: string }
  | { status: 'returned'; from: string; to: string };

/** One person at one server on this computer, with a replica of their own. Names are null until somebody has signed in. */
export type Account = {
  id: string;
  name: string | null;
  email: string | null;
  tenantName: string | null;
  serverUrl: string | null;
  current: boolean;
};

/** `fixed`: given from outside, at the start of this process; nobody chooses here. */
export type Connection = { serverUrl: string | null; fixed: boolean };

export type ConnectionCheck =
  | { ok: true; serverUrl: string; version: string; protocol: ProtocolRange; skew: Skew | null }
  | {
      ok: false;
      why: 'no-address' | 'plain-http' | 'out-of-reach' | 'certificate' | 'not-switchboard';
      /** What is the matter and what to do. */
      message: string;
    };

/** A link that somebody followed to this app, checked: see desktop/host/deep-link.ts. */
export type DeepLink =
  | { kind: 'contact'; id: string }
  | { kind: 'sign-in'; server: string | null; email: string | null }
  | { kind: 'join'; server: string | null; code: string };

type Nothing = Record<never, never>;

/** Answered by the host, never by the core. */
export type HostQueries = {
  'host.get': { args: Nothing; result: HostFacts };
  'update.state': { args: Nothing; result: UpdateState };
  'accounts.list': { args: Nothing; result: Account[] };
  'connection.get': { args: Nothing; result: Connection };
};

export type HostActs = {
  /** `route` is opened in the page when the person clicks it. A second one with the same id takes the place of the first. */
  'host.notify': { args: { id: string; title: string; body: string; route: string; silent: boolean }; result: null };
  /** How many people wait. */
  'host.setBadge': { args: { count: number }; result: null };
  'host.setStartAtLogin': { args: { on: boolean }; result: HostFacts };
  /** Which language the page speaks (BCP 47), so that what surrounds it does too. */
  'host.setLanguage': { args: { language: string }; result: null };
  /** https and mailto alone. */
  'host.openLink': { args: { url: string }; result: null };
  'update.check': { args: Nothing; result: UpdateState };
  /** Restarts into the downloaded version; waits while something is held. */
  'update.install': { args: Nothing; result: UpdateState };
  /** What a restart would cut off, in words ("you are on a call"); null when nothing. */
  'update.hold': { args: { because: string | null }; result: null };
  /** A new account becomes the current one. Without an address the person chooses one next. */
  'accounts.add': { args: { serverUrl: string | null }; result: Account[] };
  'accounts.switch': { args: { id: string }; result: Account[] };
  /** Takes the account and all its data from this computer. With unsent work and `keep`: `not_allowed_now`, details.unsent. */
  'accounts.remove': { args: { id: string; unsent: 'keep' | 'discard' }; result: Account[] };
  'connection.check': { args: { address: string }; result: ConnectionCheck };
  /** Of the current account; `local` starts a server on this computer. Refused while somebody is signed in there. */
  'connection.choose': { args: { address: string } | { local: true }; result: Connection };
};

export type HostMethods = HostQueries & HostActs;
export type HostMethod = keyof HostMethods;

/** What the host tells the page. After `switched` everything on screen is another account's. */
export type HostEvent =
  | { kind: 'facts'; facts: HostFacts }
  | { kind: 'update'; update: UpdateState }
  | { kind: 'accounts'; accounts: Account[] }
  | { kind: 'connection'; connection: Connection }
  | { kind: 'switched' }
  | { kind: 'notification-clicked'; id: string; route: string }
  | { kind: 'deep-link'; link: DeepLink };

export const HOST_METHODS = [
  'host.get',
  'update.state',
  'accounts.list',
  'connection.get',
  'host.notify',
  'host.setBadge',
  'host.setStartAtLogin',
  'host.setLanguage',
  'host.openLink',
  'update.check',
  'update.install',
  'update.hold',
  'accounts.add',
  'accounts.switch',
  'accounts.remove',
  'connection.check',
  'connection.choose',
] as const satisfies readonly HostMethod[];

export const isHostMethod = (method: string): method is HostMethod =>
  (HOST_METHODS as readonly string[]).includes(method);
