import { z } from 'zod';
import { idFromParts } from '../kernel/ids.ts';
import { colorProblem } from './status-color.ts';

/** What a tenant says about a lead status. Its `key`, made from its first name, is what contacts hold and never changes. */
export const leadStatusFields = z.object({
  name: z.string().trim().min(1, 'Name the status').max(60),
  description: z.string().trim().max(500).nullable(),
  /** `#rrggbb`, seen well enough in both themes. */
  color: z
    .string()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, 'A colour is # and six hexadecimal digits')
    .superRefine((typed, context) => {
      const message = /^#[0-9a-f]{6}$/.test(typed) ? colorProblem(typed) : null;
      if (message) context.addIssue({ code: 'custom', message, input: typed });
    }),
  displayOrder: z.number().int().min(0).max(10_000),
  /** Contacts keep an inactive one; nobody is given it any more, by hand or by an automation. */
  isActive: z.boolean(),
  metadata: z.record(z.string().max(100), z.unknown()).nullable(),
});

export const leadStatus = leadStatusFields.extend({
  id: z.uuid(),
  key: z.string(),
  /** Of the product itself: it can be renamed and moved, not deleted. */
  isSystem: z.boolean(),
});

export type LeadStatus = z.output<typeof leadStatus>;

/** The id of a status that is made anew: two people who make one status while offline mean the same. */
export const statusIdOf = (tenantId: string, key: string): string => idFromParts(tenantId, 'lead status', key);
