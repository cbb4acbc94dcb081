import { isContactField } from '../../lib/format/format-field.ts';
import { t } from '../../lib/i18n/t.ts';
import type { OutboxEntry } from '../../../../shared/bridge/bridge-contract.ts';

export const stateWords = (): Record<OutboxEntry['state'], string> => ({
  queued: t('Waits for the line'),
  sent: t('On its way'),
  accepted: t('Accepted, on its way back'),
  refused: t('Refused'),
});

/** The fields a person typed or chose in this write: what can be shown beside theirs and edited. */
export function typedFields(entry: Pick<OutboxEntry, 'name' | 'input'>): { field: string; value: unknown }[] {
  const input = (entry.input ?? {}) as Record<string, unknown>;
  if (entry.name === 'contacts.update' || entry.name === 'contacts.create') {
    return Object.entries(input)
      .filter(([field]) => isContactField(field))
      .map(([field, value]) => ({ field, value }));
  }
  return 'body' in input ? [{ field: 'body', value: input['body'] }] : [];
}

/** Fields whose value is text that can be typed again. */
export const isEditable = (entry: Pick<OutboxEntry, 'name' | 'input'>): boolean =>
  typedFields(entry).some(
    ({ value, field }) => field !== 'ownerId' && field !== 'leadStatus' && typeof value !== 'object',
  );
