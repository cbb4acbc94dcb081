import { z } from 'zod';
import { CONSENT_FORMS, CONSENT_PURPOSES } from '../contacts/consent-operations.ts';
import { contactFields } from '../contacts/contact.ts';
import { instantInput } from '../protocol/instant-input.ts';

const name = (max: number) => z.string().trim().min(1).max(max);

/** What a row says of an agreement. `givenAt` null: the file names no moment, so it is the one of the import. `expiresAt` null: for good. */
const importedConsent = z.object({
  act: z.enum(['given', 'withdrawn']),
  purpose: z.enum(CONSENT_PURPOSES),
  kind: z.enum(CONSENT_FORMS),
  source: z.string().trim().max(200).nullable(),
  givenAt: instantInput.nullable(),
  expiresAt: instantInput.nullable(),
});

/**
 * A row of the file after mapping and validation. `row` counts as a spreadsheet does: the header is row 1. Nothing of it opens
 * what was closed: a contact that opted out or is not to be called stays so, whatever the row says.
 */
export const importRow = z.object({
  row: z.number().int().min(1),
  /** The contact it is, in a file that was exported here. One that is gone is looked for by phone and e-mail like any other. */
  id: z.uuid().optional(),
  fields: contactFields.partial(),
  tags: z.array(name(60)).max(50),
  /** By name; groups that do not exist are made. */
  groups: z.array(name(100)).max(50).optional(),
  stageId: z.uuid().optional(),
  consents: z.array(importedConsent).max(4).optional(),
  /** `at` null: at the import. */
  optOut: z.object({ at: instantInput.nullable(), reason: z.string().trim().max(500).nullable() }).optional(),
  doNotCall: z.object({ at: instantInput.nullable() }).optional(),
});

export type ImportRow = z.output<typeof importRow>;
export type ImportedConsent = z.output<typeof importedConsent>;
