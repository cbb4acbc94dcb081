import { Check, Pencil, Trash2, User } from 'lucide-react';
import type { TaskRow } from '../../../../shared/bridge/team-contract.ts';
import { useCardKeys } from '../../lib/actions/use-card-keys.ts';
import { t } from '../../lib/i18n/t.ts';

/** Keys of a page of tasks. Answers the current one, at first the one that was looked for. */
export const useTaskKeys = (rows: readonly TaskRow[], start: string | null = null): string | null =>
  useCardKeys(
    'tasks',
    t('Tasks'),
    rows,
    [
      { act: 'done', label: t('Done or open again'), icon: Check, shortcut: 'e' },
      { act: 'edit', label: t('Change the task'), icon: Pencil, shortcut: 'enter' },
      { act: 'contact', label: t('Open the contact'), icon: User, shortcut: 'o' },
      { act: 'delete', label: t('Delete the task'), icon: Trash2, shortcut: 'd' },
    ],
    start,
  );
