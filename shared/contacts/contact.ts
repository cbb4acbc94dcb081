import { z } from 'zod';
import type { Id } from '../kernel/ids.ts';

export type ContactId = Id<'contact'>;
export type TagId = Id<'tag'>;
export type NoteId = Id<'note'>;

/** Lead statuses a contact can have until the tenant defines its own. */
export const LEAD_STATUSES = ['new', 'contacted', 'qualified', 'won', 'lost'] as const;

const shortText = (max: number) => z.string().trim().max(max).nullable();

/**
 * What a person may type into a contact. Absent means unchanged, null means emptied.
 * `phone` is E.164 (`+14155550100`), `email` lower case; entry in other spellings is parsed before it gets here (see contact-entry.ts).
 */
export const contactFields = z.object({
  firstName: shortText(100),
  lastName: shortText(100),
  company: shortText(200),
  email: z.email('This is not an email address').max(254).nullable(),
  phone: z.e164('A phone number is + and 7 to 15 digits').nullable(),
  leadScore: z.number().int().min(0).max(100).nullable(),
  leadStatus: z.enum(LEAD_STATUSES).nullable(),
  ownerId: z.uuid().nullable(),
  source: shortText(100),
  locale: shortText(35),
  timezone: shortText(60),
  attributes: z.record(z.string().max(100), z.unknown()).nullable(),
});

export type ContactFields = z.output<typeof contactFields>;

/** A contact as REST answers it. Instants are epoch milliseconds. */
export const contact = contactFields.extend({
  id: z.uuid(),
  tags: z.array(z.string()),
  optedOutAt: z.number().nullable(),
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
