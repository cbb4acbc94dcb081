import { v5, v7 } from 'uuid';

declare const brand: unique symbol;

/** A UUID that says what it is the id of, so that a note's id cannot be passed for a contact's. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type TenantId = Id<'tenant'>;
export type UserId = Id<'user'>;
export type DeviceId = Id<'device'>;
export type WriteId = Id<'write'>;

/** Makes UUIDv7s: they sort by time, so new rows land at the end of every index. */
export type NewId = <Kind extends string>() => Id<Kind>;

/** The id source of a running process. Tests pass their own, seeded. */
export const newId: NewId = <Kind extends string>() => v7() as Id<Kind>;

/**
 * The same id for the same parts on every device (UUIDv5 under `scope`), for rows whose identity is their content:
 * two people who add one tag to one contact while offline make one row, not two. An id among the parts may be in capitals: it is the same.
 */
export const idFromParts = <Kind extends string>(scope: string, ...parts: string[]): Id<Kind> =>
  v5(JSON.stringify(parts.map((part) => (UUID.test(part) ? part.toLowerCase() : part))), scope) as Id<Kind>;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
