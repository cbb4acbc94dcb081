import { z } from 'zod';
import { operation } from '../protocol/operation.ts';

/** A job makes one ZIP of everything the workspace holds: a CSV per table for people, a JSON per table for machines. */
export const exportData = operation({
  name: 'privacy.exportData',
  kind: 'command',
  summary: 'Make a file with everything the workspace holds.',
  role: 'OWNER',
  routes: [{ method: 'POST', path: '/privacy/exports' }],
  input: z.object({ id: z.uuid().optional() }),
  output: z.object({ id: z.uuid() }),
});

/** A link that works for ten minutes. `not_found` when the file has expired. */
export const linkExport = operation({
  name: 'privacy.linkExport',
  kind: 'command',
  online: true,
  summary: 'Get a link to the file of an export.',
  role: 'OWNER',
  routes: [{ method: 'POST', path: '/privacy/exports/:id/link' }],
  input: z.object({ id: z.uuid() }),
  output: z.object({ link: z.url() }),
});

/** Everything about one person, as they may ask for (GDPR art. 15 and 20). */
export const exportContact = operation({
  name: 'privacy.exportContact',
  kind: 'query',
  summary: 'Everything the workspace holds about one contact.',
  role: 'MANAGER',
  routes: [{ method: 'GET', path: '/privacy/contacts/:id' }],
  input: z.object({ id: z.uuid() }),
  output: z.record(z.string(), z.unknown()),
});

/**
 * Deletes a contact for good, with every copy in history, trash and notifications (GDPR art. 17). Kept: that it was erased, when and
 * by whom, and where the contact had opted out, keyed hashes of the address so that nobody writes to it again.
 */
export const eraseContact = operation({
  name: 'privacy.eraseContact',
  kind: 'command',
  summary: 'Erase a contact for good. This cannot be undone.',
  role: 'ADMIN',
  routes: [{ method: 'POST', path: '/privacy/contacts/:id/erase' }],
  input: z.object({ id: z.uuid(), reason: z.string().trim().min(1, 'Say why, for the record').max(500) }),
  output: z.object({ id: z.uuid() }),
  patches: ({ id }) => [{ kind: 'delete', table: 'contacts', ids: [id] }],
});
