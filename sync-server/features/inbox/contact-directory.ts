import type { Act } from '../../db/act.ts';

/** What the inbox needs of contacts. server.ts hands it the contacts feature's own verbs, which run in the same transaction. */
export interface ContactDirectory {
  /** The contact with this phone number, made (with `source`) if there is none. */
  findOrCreateByPhone(act: Act, phone: string, source: string): Promise<string>;
  /** We heard from or wrote to them. `optedOutAt`: when they asked not to be texted, null when they allow it again. */
  noteInteraction(act: Act, contactId: string, optedOutAt: number | null | undefined): Promise<void>;
}
