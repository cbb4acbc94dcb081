/** A cell of a patch: what SQLite or JSON can hold. Instants are epoch milliseconds, json columns are plain values. */
export type PatchValue = string | number | boolean | null | readonly unknown[] | { readonly [key: string]: unknown };

/** Columns by their camelCase name. */
export type PatchValues = Readonly<Record<string, PatchValue>>;

/**
 * What a write does to the replica before the server has spoken. Patches are absolute, so applying one twice changes nothing:
 * no append to a text, no increment, no toggle.
 */
export type Patch =
  | { readonly kind: 'insert'; readonly table: string; readonly id: string; readonly values: PatchValues }
  | { readonly kind: 'set'; readonly table: string; readonly ids: readonly string[]; readonly values: PatchValues }
  | { readonly kind: 'delete'; readonly table: string; readonly ids: readonly string[] };

/** What an optimistic patch may know besides its input. */
export type PatchContext = { readonly now: number; readonly userId: string; readonly tenantId: string };
