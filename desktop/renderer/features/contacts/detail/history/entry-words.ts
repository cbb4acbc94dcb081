import type { HistoryEntry } from '../../../../../../shared/contacts/history-operations.ts';
import { fieldWord } from '../../../../lib/format/format-field.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useContactSetup } from '../../../../lib/rules/use-rule-names.ts';

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

const purposeWord = ({ details }: HistoryEntry): string =>
  details['purpose'] === 'automated' ? t('automated calls and texts') : t('marketing');

/** What happened, in words; its value stands beside it where it has one. */
export function entryTitle(entry: HistoryEntry): string {
  const { kind, field, before, after, details } = entry;
  switch (kind) {
    case 'CREATED':
      return t('Contact made');
    case 'TAG_ADDED':
      return t('Tag {{tag}} added', { tag: asText(after) });
    case 'TAG_REMOVED':
      return t('Tag {{tag}} taken off', { tag: asText(before) });
    case 'GROUP_ADDED':
      return t('Put into the group {{name}}', { name: asText(after) });
    case 'GROUP_REMOVED':
      return t('Taken out of the group {{name}}', { name: asText(before) });
    case 'CONSENT_GIVEN':
      return t('Agreed to {{purpose}}', { purpose: purposeWord(entry) });
    case 'CONSENT_WITHDRAWN':
      return t('No longer agrees to {{purpose}}', { purpose: purposeWord(entry) });
    case 'OPTED_OUT':
      return t('Opted out');
    case 'OPTED_IN':
      return t('Opted in again');
    case 'VISITED':
      return t('Visited {{page}}', { page: asText(details['url']) || t('a page') });
    case 'MERGED':
      return t('Merged with {{name}}', {
        name: asText(details['name']) || asText(details['phone']) || t('another contact'),
      });
    case 'MERGE_UNDONE':
      return t('Merge with {{name}} taken back', {
        name: asText(details['name']) || asText(details['phone']) || t('another contact'),
      });
    default:
      return fieldWord(field ?? '');
  }
}

/** The field whose value before and after stand beside the title. */
export const changeOf = ({ kind, field }: HistoryEntry): { field: string } | null =>
  field !== null && kind.endsWith('_CHANGED') ? { field } : null;

/** What did it where it was no person's hand, in words. */
export function useCauseWord(): (cause: { kind: string; id: string }) => string {
  const { automations } = useContactSetup();
  return ({ kind, id }) => {
    switch (kind) {
      case 'automation': {
        const name = automations.find((one) => one.id === id)?.name;
        return name ? t('by the automation {{name}}', { name }) : t('by an automation');
      }
      case 'import':
        return t('by an import');
      case 'merge':
        return t('by a merge');
      case 'undo':
        return t('by taking an act back');
      default:
        return t('by {{cause}}', { cause: kind });
    }
  };
}
