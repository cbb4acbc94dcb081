import { ChevronDown, ChevronUp, Pencil, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { OutboxEntry } from '../../../../shared/bridge/bridge-contract.ts';
import { useActions } from '../../lib/actions/actions.tsx';
import { useAnnounce } from '../../lib/announce.tsx';

const cardOf = (writeId: string) => document.querySelector<HTMLElement>(`[data-write="${CSS.escape(writeId)}"]`);

/**
 * J and K walk the changes in the order they stand; the other keys press the button of the current one, so that a key never
 * does what no button shows.
 */
export function useOutboxKeys(entries: readonly Pick<OutboxEntry, 'writeId' | 'title'>[]): string | null {
  const [chosen, setChosen] = useState<string | null>(null);
  const announce = useAnnounce();
  const place = entries.findIndex(({ writeId }) => writeId === chosen);
  const current = place >= 0 ? chosen : null;
  const go = (to: number) => {
    const entry = entries[Math.max(0, Math.min(entries.length - 1, to))];
    if (!entry) return;
    setChosen(entry.writeId);
    cardOf(entry.writeId)?.focus();
    announce(`${entry.title}, ${entries.indexOf(entry) + 1} of ${entries.length}`);
  };
  const button = (act: string) =>
    current === null ? null : (cardOf(current)?.querySelector<HTMLButtonElement>(`button[data-act="${act}"]`) ?? null);
  const press = (act: string, label: string, icon: typeof Pencil, shortcut: string) => ({
    id: `outbox.${act}`,
    label,
    icon,
    section: 'Outbox',
    shortcuts: [shortcut],
    when: () => button(act) !== null,
    run: () => button(act)?.click(),
  });
  useActions([
    {
      id: 'outbox.next',
      label: 'Next change',
      icon: ChevronDown,
      section: 'Outbox',
      shortcuts: ['j', 'arrowdown'],
      keyOnly: true,
      when: () => entries.length > 0,
      run: () => go(place + 1),
    },
    {
      id: 'outbox.previous',
      label: 'Previous change',
      icon: ChevronUp,
      section: 'Outbox',
      shortcuts: ['k', 'arrowup'],
      keyOnly: true,
      when: () => entries.length > 0,
      run: () => go(place - 1),
    },
    press('retry', 'Retry this change', RotateCcw, 'r'),
    press('edit', 'Edit this change', Pencil, 'e'),
    press('discard', 'Discard or undo this change', Trash2, 'd'),
  ]);
  return current;
}
