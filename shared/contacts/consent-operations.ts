import { z } from 'zod';
import { instantInput } from '../protocol/instant-input.ts';
import { operation } from '../protocol/operation.ts';
import { NO_END } from './contact.ts';

export const CONSENT_PURPOSES = ['marketing', 'automated'] as const;
/** How it was given. `written`: in writing with a signature; `text`: by a text message of theirs. */
export const CONSENT_FORMS = ['written', 'spoken', 'form', 'text', 'import', 'other'] as const;
export const OPT_OUT_METHODS = ['STOP', 'webhook', 'manual', 'carrier', 'import'] as const;

const done = z.object({ id: z.uuid() });
const shortText = (max: number) => z.string().trim().max(max).nullable().default(null);
const purpose = z.enum(CONSENT_PURPOSES);

/** The column of a contact that says until when they agreed. */
export const CONSENT_COLUMN = { marketing: 'marketingConsentUntil', automated: 'automatedConsentUntil' } as const;

const given = z.object({
  purpose,
  kind: z.enum(CONSENT_FORMS),
  /** Where it was obtained: a fair, a page, a call. */
  source: shortText(200),
  /** What proves it: the words they agreed to, a link to the recording. */
  evidence: shortText(2_000),
  /** When they gave it; now, unless it is said. */
  givenAt: instantInput.optional(),
  /** Null is for good. */
  expiresAt: instantInput.nullable().default(null),
});

/** Adds to what a contact agreed to; nothing that was said before is changed. The newest record of a purpose holds. */
export const recordConsent = operation({
  name: 'consents.record',
  kind: 'command',
  summary: 'Record that a contact agreed to be written to or called.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/:contactId/consents' }],
  input: given.extend({ id: z.uuid().optional(), contactId: z.uuid() }),
  output: done,
  patches: ({ contactId, purpose: what, expiresAt }, { now }) => [
    {
      kind: 'set',
      table: 'contacts',
      ids: [contactId],
      values: { [CONSENT_COLUMN[what]]: expiresAt ?? NO_END, updatedAt: now },
    },
  ],
});

export const withdrawConsent = operation({
  name: 'consents.withdraw',
  kind: 'command',
  summary: 'Record that a contact does not agree any longer.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/:contactId/consents/withdraw' }],
  input: z.object({
    id: z.uuid().optional(),
    contactId: z.uuid(),
    purpose,
    method: shortText(60),
    reason: shortText(500),
  }),
  output: done,
  patches: ({ contactId, purpose: what }, { now }) => [
    { kind: 'set', table: 'contacts', ids: [contactId], values: { [CONSENT_COLUMN[what]]: null, updatedAt: now } },
  ],
});

/** Nothing is sent to them from then on, by hand neither. */
export const optOut = operation({
  name: 'contacts.optOut',
  kind: 'command',
  summary: 'Record that a contact does not want to be written to.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/:id/opt-out' }],
  input: z.object({ id: z.uuid(), method: z.enum(OPT_OUT_METHODS).default('manual'), reason: shortText(500) }),
  output: done,
  patches: ({ id, method, reason }, { now }) => [
    {
      kind: 'set',
      table: 'contacts',
      ids: [id],
      values: { optedOutAt: now, optOutMethod: method, optOutReason: reason, updatedAt: now },
    },
  ],
});

/** Takes a new consent: who had said no is written to again only when they said yes since, and how is on record. */
export const optIn = operation({
  name: 'contacts.optIn',
  kind: 'command',
  summary: 'Record that a contact who had opted out agrees again, and how they said so.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/:id/opt-in' }],
  input: z.object({
    id: z.uuid(),
    consent: z
      .object(given.shape, 'To write to them again, record the new consent they gave: what for, how, and where from')
      .refine(({ source, evidence }) => source !== null || evidence !== null, 'Say where the new consent comes from'),
  }),
  output: done,
  patches: ({ id, consent }, { now }) => [
    {
      kind: 'set',
      table: 'contacts',
      ids: [id],
      values: {
        optedOutAt: null,
        optOutMethod: null,
        optOutReason: null,
        [CONSENT_COLUMN[consent.purpose]]: consent.expiresAt ?? NO_END,
        updatedAt: now,
      },
    },
  ],
});
