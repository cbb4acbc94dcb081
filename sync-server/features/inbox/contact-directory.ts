import type { Act } from '../../db/act.ts';

/** `optedOutAt`: when they asked not to be texted, null when they allow it again; absent leaves that as it is. */
export type Interaction = { direction: 'in' | 'out' | null; optedOutAt?: number | null };

/** What the inbox needs of contacts. server.ts hands it the contacts feature's own verbs, which run in the same transaction. */
export interface ContactDirectory {
  /** The contact with this phone number, made (with `source`) if there is none. */
  findOrCreateByPhone(act: Act, phone: string, source: string): Promise<string>;
  /** We heard from them (`in`), wrote to them (`out`), or a carrier told about them (null). */
  noteInteraction(act: Act, contactId: string, interaction: Interaction): Promise<void>;
}
