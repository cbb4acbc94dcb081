import { ArrowDown, ArrowUp, ChevronsDown, ChevronsUp, CornerDownLeft, PanelRight } from 'lucide-react';
import { useActions } from '../../../lib/actions/actions.tsx';
import { t } from '../../../lib/i18n/t.ts';
import { useContactList } from './contact-list-state.tsx';

type ListKeys = {
  current: number;
  lastIndex: number;
  pageRows: number;
  moveTo: (index: number) => void;
  open: () => void;
};

/** Moving about in the list, opening and peeking, all by key. */
export function useContactListKeys({ current, lastIndex, pageRows, moveTo, open }: ListKeys): void {
  const { peek, setPeek } = useContactList();
  const some = () => lastIndex >= 0;
  const move = { section: t('List'), keyOnly: true, when: some };
  useActions([
    {
      ...move,
      id: 'contacts.next',
      label: t('Next contact'),
      icon: ArrowDown,
      shortcuts: ['j', 'arrowdown'],
      run: () => moveTo(current + 1),
    },
    {
      ...move,
      id: 'contacts.previous',
      label: t('Previous contact'),
      icon: ArrowUp,
      shortcuts: ['k', 'arrowup'],
      run: () => moveTo(current - 1),
    },
    {
      ...move,
      id: 'contacts.pageDown',
      label: t('A page down'),
      icon: ChevronsDown,
      shortcuts: ['pagedown'],
      run: () => moveTo(current + pageRows),
    },
    {
      ...move,
      id: 'contacts.pageUp',
      label: t('A page up'),
      icon: ChevronsUp,
      shortcuts: ['pageup'],
      run: () => moveTo(current - pageRows),
    },
    {
      ...move,
      id: 'contacts.first',
      label: t('First contact'),
      icon: ChevronsUp,
      shortcuts: ['home'],
      run: () => moveTo(0),
    },
    {
      ...move,
      id: 'contacts.last',
      label: t('Last contact'),
      icon: ChevronsDown,
      shortcuts: ['end'],
      run: () => moveTo(lastIndex),
    },
    {
      ...move,
      id: 'contacts.open',
      label: t('Open the contact'),
      icon: CornerDownLeft,
      shortcuts: ['enter'],
      run: open,
    },
    {
      ...move,
      id: 'contacts.peek',
      label: t('Peek at the contact'),
      icon: PanelRight,
      shortcuts: ['space'],
      run: () => setPeek(!peek),
    },
    {
      ...move,
      id: 'contacts.closePeek',
      label: t('Close the peek'),
      icon: PanelRight,
      shortcuts: ['escape'],
      when: () => peek,
      run: () => setPeek(false),
    },
  ]);
}
