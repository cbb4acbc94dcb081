import { isSameValue } from '../kernel/same-value.ts';

/** What two people can edit at once. Tags and whole notes are rows with ids of their own and never meet. */
export const MET_ENTITIES = ['contact', 'note'] as const;
export const MET_KINDS = ['merged', 'overwritten'] as const;

export type MetEntity = (typeof MET_ENTITIES)[number];
export type MetKind = (typeof MET_KINDS)[number];

/** Fields with their values, by camelCase name. */
export type FieldValues = Readonly<Record<string, unknown>>;

/** The fields whose earlier value a later write replaced: those that both sides set, to different values. */
export const overwrittenFields = (mine: FieldValues, theirs: FieldValues): string[] =>
  Object.keys(theirs).filter((field) => field in mine && !isSameValue(mine[field], theirs[field]));
