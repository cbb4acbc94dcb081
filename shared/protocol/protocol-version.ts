/**
 * Raised whenever an app or a server of the old kind would misunderstand one of the new kind. What only adds raises nothing: a new
 * operation, a new table, a new nullable column. A new input that an old server would silently leave out does raise it.
 * How the two sides meet: docs/decisions/0015-versions.md.
 */
export const PROTOCOL_VERSION = 1;

/** The oldest version of apps that this code's server still sends data to. */
export const OLDEST_READER = 1;

/** The oldest version of apps whose waiting writes this code's server still takes (sync-server/http/upcasts). */
export const OLDEST_WRITER = 1;

/** The oldest version of servers that this code's app still speaks with. */
export const OLDEST_SERVER = 1;

/** On every request the version of the app, `1`; on every answer the range of the server, `1-3`. A request without it is of version 1. */
export const PROTOCOL_HEADER = 'switchboard-protocol';

/** What a server speaks: it sends data to apps from `minimum` on, and is of `current` itself. A `minimum` above `current` lets nobody read. */
export type ProtocolRange = { readonly minimum: number; readonly current: number };

/** Which side has to be updated before data flows again. */
export type Skew = 'app-too-old' | 'server-too-old';

export const formatRange = ({ minimum, current }: ProtocolRange): string => `${minimum}-${current}`;

/** Null for anything that is no range: an answer of a proxy, or of a server from before ranges. */
export function parseRange(text: string | null | undefined): ProtocolRange | null {
  const [, minimum, current] = /^(\d{1,6})-(\d{1,6})$/.exec(text ?? '') ?? [];
  return minimum === undefined || current === undefined ? null : { minimum: Number(minimum), current: Number(current) };
}

/** Why an app of `version`, which speaks with servers from `oldestServer` on, gets no data from a server; null when it does. */
export function findSkew(server: ProtocolRange, version: number, oldestServer: number): Skew | null {
  if (version < server.minimum) return 'app-too-old';
  return server.current < oldestServer ? 'server-too-old' : null;
}
