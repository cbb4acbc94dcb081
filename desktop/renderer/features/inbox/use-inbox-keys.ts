import { ArrowDown, ArrowLeft, ArrowUp } from 'lucide-react';
import type { ConversationRow } from '../../../../shared/bridge/bridge-contract.ts';
import { t } from '../../lib/i18n/t.ts';
import { useActions } from '../../lib/actions/actions.tsx';

type InboxKeys = {
  rows: readonly ConversationRow[];
  currentId: string | null;
  open: (id: string | null) => void;
  narrow: boolean;
};

/** J and K walk through the conversations. */
export function useInboxKeys({ rows, currentId, open, narrow }: InboxKeys): void {
  const index = rows.findIndex((row) => row.id === currentId);
  const go = (to: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (row) open(row.id);
  };
  const move = { section: t('Inbox'), keyOnly: true, when: () => rows.length > 0 };
  useActions([
    {
      ...move,
      id: 'inbox.next',
      label: t('Next conversation'),
      icon: ArrowDown,
      shortcuts: ['j', 'arrowdown'],
      run: () => go(index + 1),
    },
    {
      ...move,
      id: 'inbox.previous',
      label: t('Previous conversation'),
      icon: ArrowUp,
      shortcuts: ['k', 'arrowup'],
      run: () => go(index - 1),
    },
    {
      ...move,
      id: 'inbox.back',
      label: t('Back to the list'),
      icon: ArrowLeft,
      shortcuts: ['escape'],
      when: () => narrow && currentId !== null,
      run: () => open(null),
    },
  ]);
}
