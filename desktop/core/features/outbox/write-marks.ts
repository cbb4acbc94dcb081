import type { Patch } from '../../../../shared/protocol/patch.ts';
import type { WriteMark } from '../../sync/local-write.ts';

/** Which records and fields a write makes pending, read from its patches and, for tags taken away, from its input. */
export function marksOf(input: unknown, patches: readonly Patch[]): WriteMark[] {
  const marks = patches.flatMap((patch): WriteMark[] => {
    if (patch.table === 'contacts') {
      if (patch.kind === 'delete') return patch.ids.map((subject) => ({ subject, field: 'deleted' }));
      const fields = Object.keys(patch.values).filter((key) => key !== 'createdAt' && key !== 'updatedAt');
      const ids = patch.kind === 'insert' ? [patch.id] : patch.ids;
      return ids.flatMap((subject) => fields.map((field) => ({ subject, field })));
    }
    if (patch.table === 'contact_tags')
      return patch.kind === 'insert' ? [{ subject: patch.values['contactId'] as string, field: 'tags' }] : [];
    if (patch.table === 'workspace_items') return [];
    return (patch.kind === 'insert' ? [patch.id] : patch.ids).map((subject) => ({ subject, field: patch.table }));
  });
  const untags = patches.some((patch) => patch.table === 'contact_tags' && patch.kind === 'delete');
  const contactIds = untags ? (input as { contactIds?: string[] }).contactIds : undefined;
  return [...marks, ...(contactIds ?? []).map((subject) => ({ subject, field: 'tags' }))];
}

/** The one contact a write is about, or null. */
export function contactIdOf(name: string, input: unknown): string | null {
  const { id, contactId, contactIds } = (input ?? {}) as { id?: string; contactId?: string; contactIds?: string[] };
  if (name.startsWith('contacts.') && id) return id;
  return contactId ?? (contactIds?.length === 1 ? (contactIds[0] ?? null) : null);
}
