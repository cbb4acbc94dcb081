import type { ContactDetail } from '../../../../shared/bridge/contacts-contract.ts';
import type { DuplicatePair } from '../../../../shared/bridge/duplicates-contract.ts';
import type { Command } from '../../../../shared/bridge/bridge-contract.ts';
import type { ContactFields } from '../../../../shared/contacts/contact.ts';
import { mergeContacts } from '../../../../shared/contacts/merge-contacts.ts';
import { isSameValue } from '../../../../shared/kernel/same-value.ts';

/** Those a person chooses between; attributes, keywords and yes-or-nos of both are united. */
export const CHOSEN_FIELDS = [
  'firstName',
  'lastName',
  'company',
  'phone',
  'email',
  'leadScore',
  'leadStatus',
  'ownerId',
  'estimatedRevenueCents',
  'actualRevenueCents',
  'sentiment',
  'source',
  'locale',
  'timezone',
  'facebookPageId',
  'messengerPsid',
  'instagramSid',
  'profilePicUrl',
] as const satisfies readonly (keyof ContactFields & keyof ContactDetail)[];

export type ChosenField = (typeof CHOSEN_FIELDS)[number];
export type Side = 'keep' | 'merge';
export type Choices = Partial<Record<ChosenField, Side>>;

type Two = Pick<DuplicatePair, 'keep' | 'merge'>;

const valueOf = (contact: ContactDetail, field: ChosenField): unknown => contact[field] ?? null;

/** The fields that have a value on either side, and whether there is anything to choose. */
export const comparedFields = ({ keep, merge }: Two): { field: ChosenField; differs: boolean }[] =>
  CHOSEN_FIELDS.filter((field) => valueOf(keep, field) !== null || valueOf(merge, field) !== null).map((field) => ({
    field,
    differs: !isSameValue(valueOf(keep, field), valueOf(merge, field)),
  }));

/** What stays of a field: what was chosen, else what the kept one has, else the other's. */
export const sideOf = ({ keep }: Two, choices: Choices, field: ChosenField): Side =>
  choices[field] ?? (valueOf(keep, field) === null ? 'merge' : 'keep');

/** The merge as it was chosen, with what this computer shows of it until the server did it. */
export function mergeCommand(
  { keep, merge, moves }: DuplicatePair,
  choices: Choices,
): Extract<Command, { name: 'contacts.merge' }> {
  const chosen = Object.fromEntries(
    Object.entries(choices).map(([field, side]) => [
      field,
      valueOf(side === 'keep' ? keep : merge, field as ChosenField),
    ]),
  ) as Partial<ContactFields>;
  const fields = JSON.parse(JSON.stringify(mergeContacts(keep, merge, chosen))) as Record<string, never>;
  return {
    name: 'contacts.merge',
    input: { keepId: keep.id, mergeId: merge.id, fields: chosen, shows: { fields, ...moves } },
  };
}
