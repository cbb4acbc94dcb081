import { z } from 'zod';

/** Contacts that one act is about. Desktops cut a larger choice into parts of this size. */
export const contactIds = z.array(z.uuid()).min(1).max(5_000);

export const tagNames = z.array(z.string().trim().min(1).max(60)).min(1).max(50);

/** How many contacts an act changed: those that were as wished already, or are gone, do not count. */
export const changed = z.object({ changed: z.number().int() });
