import type { ContactDetail } from '../../../../shared/bridge/contacts-contract.ts';
import type { DuplicatePair } from '../../../../shared/bridge/duplicates-contract.ts';
import type { Command } from '../../../../shared/bridge/bridge-contract.ts';
import type { ContactFields } from '../../../../shared/contacts/contact.ts';
import { mergeContacts } from '../../../../shared/contacts/merge-contacts.ts';
import { isSameValue } from '../../../../shared/kernel/same-value.ts';

/** Those a person chooses between; attributes, keywords and yes-or-nos of both are united. */
const FIELDS = [
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

/** The stage is given by an act of its own, after the merge. */
const STAGE = 'stageId';
const CHOSEN = [...FIELDS.slice(0, 7), STAGE, ...FIELDS.slice(7)] as const;

export type ChosenField = (typeof FIELDS)[number] | typeof STAGE;
export type Side = 'keep' | 'merge';
/** Whose value stays, by contact: so it is the same whichever of the two is kept. */
export type Choices = Partial<Record<ChosenField, string>>;

type Two = Pick<DuplicatePair, 'keep' | 'merge'>;

const valueOf = (contact: ContactDetail, field: ChosenField): unknown => contact[field] ?? null;

/** The fields that have a value on either side, and whether there is anything to choose. */
export const comparedFields = ({ keep, merge }: Two): { field: ChosenField; differs: boolean }[] =>
  CHOSEN.filter((field) => valueOf(keep, field) !== null || valueOf(merge, field) !== null).map((field) => ({
    field,
    differs: !isSameValue(valueOf(keep, field), valueOf(merge, field)),
  }));

/** What stays of a field: what was chosen, else what the kept one has, else the other's. */
export function sideOf({ keep, merge }: Two, choices: Choices, field: ChosenField): Side {
  const chosen = choices[field];
  if (chosen === keep.id) return 'keep';
  return chosen === merge.id || valueOf(keep, field) === null ? 'merge' : 'keep';
}

/** The merge as it was chosen, with what this computer shows of it until the server did it. */
export function mergeCommand(pair: DuplicatePair, choices: Choices): Extract<Command, { name: 'contacts.merge' }> {
  const { keep, merge, moves } = pair;
  const chosen = Object.fromEntries(
    FIELDS.filter((field) => choices[field] !== undefined).map((field) => [
      field,
      valueOf(sideOf(pair, choices, field) === 'keep' ? keep : merge, field),
    ]),
  ) as Partial<ContactFields>;
  const shown = { ...mergeContacts(keep, merge, chosen), ...besides(pair) };
  const fields = JSON.parse(JSON.stringify(shown)) as Record<string, never>;
  return {
    name: 'contacts.merge',
    input: { keepId: keep.id, mergeId: merge.id, fields: chosen, shows: { fields, ...moves } },
  };
}

/** Who opted out stays opted out, and the last word of either is the last word: before the server says so, too. */
function besides({ keep, merge }: Two): Partial<ContactDetail> {
  const opted = keep.optedOutAt === null && merge.optedOutAt !== null ? merge : keep;
  const placed = keep.stageId === null ? merge : keep;
  const later = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.max(a, b));
  return {
    stageId: placed.stageId,
    pipelineId: placed.pipelineId,
    stageEnteredAt: placed.stageEnteredAt,
    optedOutAt: opted.optedOutAt,
    optOutMethod: opted.optOutMethod,
    optOutReason: opted.optOutReason,
    doNotCallAt: keep.doNotCallAt ?? merge.doNotCallAt,
    lastInboundAt: later(keep.lastInboundAt, merge.lastInboundAt),
    lastOutboundAt: later(keep.lastOutboundAt, merge.lastOutboundAt),
    lastInteractionAt: later(keep.lastInteractionAt, merge.lastInteractionAt),
  };
}

/** Moves the one that stays to the stage that was chosen; null where the merge leaves it there by itself. */
export function stageCommand(pair: Two, choices: Choices): Command | null {
  const { keep, merge } = pair;
  const { stageId, pipelineId } = sideOf(pair, choices, STAGE) === 'keep' ? keep : merge;
  if (stageId === (keep.stageId ?? merge.stageId)) return null;
  return { name: 'contacts.moveToStage', input: { contactIds: [keep.id], stageId, pipelineId } };
}
