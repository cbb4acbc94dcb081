import type { Instant } from '../../../shared/kernel/instant.ts';
import type { FieldValues, MetEntity } from '../../../shared/merges/met-change.ts';
import type { Act } from '../../db/act.ts';

/** `updatedAt` is that of the row before the edit. */
export type Edit = {
  entity: MetEntity;
  entityId: string;
  contactId: string;
  /** Under which id the device knew it, where that was merged since. */
  knownAs?: string;
  values: FieldValues;
  updatedAt: Instant;
};

/**
 * Told of each edit of a contact or note in its own transaction: the row is locked, and still as it was. Answers what is to be
 * written of `values`: own fields are united with those that others changed meanwhile.
 */
export type OnEdit = (act: Act, edit: Edit) => Promise<FieldValues>;
