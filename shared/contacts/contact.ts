import { z } from 'zod';
import type { Id } from '../kernel/ids.ts';
import { toSearchText } from '../kernel/search-text.ts';

export type ContactId = Id<'contact'>;
export type TagId = Id<'tag'>;
export type NoteId = Id<'note'>;

export const SENTIMENTS = ['hot', 'cold', 'ghosted', 'unsure'] as const;
export type Sentiment = (typeof SENTIMENTS)[number];

/** An agreement without an end, as an instant: 9999-12-31. */
export const NO_END = 253_402_214_400_000;

/** `Contact made`, `CONTACT_MADE` and `contact_made` are one status: this is its key. Empty where nothing of it can be a key. */
export const statusKeyOf = (name: string): string =>
  toSearchText(name)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60)
    .replace(/_+$/, '');

const cents = z.number().int().min(0).max(100_000_000_000_000);
const shortText = (max: number) => z.string().trim().max(max).nullable();

/**
 * What a person may type into a contact. Absent means unchanged, null means emptied.
 * `phone` is E.164 (`+14155550100`), `email` lower case; entry in other spellings is parsed before it gets here (see contact-entry.ts).
 */
export const contactFields = z.object({
  firstName: shortText(100),
  lastName: shortText(100),
  company: shortText(200),
  email: z.email('This is not an email address').max(254).toLowerCase().nullable(),
  phone: z.e164('A phone number is + and 7 to 15 digits').nullable(),
  leadScore: z.number().int().min(0).max(100).nullable(),
  /** The key of a lead status (see statuses/lead-status.ts); its name or another spelling of it is folded to the key. */
  leadStatus: z
    .string()
    .max(60)
    .transform((name) => statusKeyOf(name) || null)
    .nullable(),
  ownerId: z.uuid().nullable(),
  source: shortText(100),
  locale: shortText(35),
  timezone: shortText(60),
  /** Of the tenant's own making, nested as it likes. */
  attributes: z.record(z.string().max(100), z.unknown()).nullable(),
  /** Who they are to Messenger, by page; one contact per page and PSID. */
  messengerPsid: shortText(100),
  instagramSid: shortText(100),
  profilePicUrl: z.url().max(2_000).nullable(),
  hasMessenger: z.boolean().nullable(),
  hasInstagram: z.boolean().nullable(),
  facebookPageId: z.uuid().nullable(),
  sentiment: z.enum(SENTIMENTS).nullable(),
  /** In cents of the tenant's currency. */
  estimatedRevenueCents: cents.nullable(),
  actualRevenueCents: cents.nullable(),
  emergency: z.boolean().nullable(),
  keywords: z.array(z.string().trim().min(1).max(60)).max(50).nullable(),
});

export type ContactFields = z.output<typeof contactFields>;

/** A contact as REST answers it. Instants are epoch milliseconds. */
export const contact = contactFields.extend({
  id: z.uuid(),
  tags: z.array(z.string()),
  groupIds: z.array(z.uuid()),
  pipelineId: z.uuid().nullable(),
  stageId: z.uuid().nullable(),
  stageEnteredAt: z.number().nullable(),
  statusEnteredAt: z.number().nullable(),
  aiContext: z.string().nullable(),
  aiContextUpdatedAt: z.number().nullable(),
  /** Until when they agreed; `NO_END` for good, null not (any more). */
  marketingConsentUntil: z.number().nullable(),
  automatedConsentUntil: z.number().nullable(),
  optedOutAt: z.number().nullable(),
  optOutMethod: z.string().nullable(),
  optOutReason: z.string().nullable(),
  doNotCallAt: z.number().nullable(),
  lastInboundAt: z.number().nullable(),
  lastOutboundAt: z.number().nullable(),
  lastInteractionAt: z.number().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
});

export type Contact = z.output<typeof contact>;

/** The name a person reads. Falls back to phone, then e-mail, then says that there is none. */
export function contactDisplayName(c: Pick<Contact, 'firstName' | 'lastName' | 'phone' | 'email'>): string {
  const name = [c.firstName, c.lastName].filter(Boolean).join(' ');
  return name || c.phone || c.email || 'No name';
}
