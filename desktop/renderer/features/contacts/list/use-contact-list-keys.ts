import { ArrowDown, ArrowUp, ChevronsDown, ChevronsUp, CornerDownLeft, PanelRight } from 'lucide-react';
import { useActions } from '../../../lib/actions/actions.tsx';
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
  const move = { section: 'List', keyOnly: true, when: some };
  useActions([
    {
      ...move,
      id: 'contacts.next',
      label: 'Next contact',
      icon: ArrowDown,
      shortcuts: ['j', 'arrowdown'],
      run: () => moveTo(current + 1),
    },
    {
      ...move,
      id: 'contacts.previous',
      label: 'Previous contact',
      icon: ArrowUp,
      shortcuts: ['k', 'arrowup'],
      run: () => moveTo(current - 1),
    },
    {
      ...move,
      id: 'contacts.pageDown',
      label: 'A page down',
      icon: ChevronsDown,
      shortcuts: ['pagedown'],
      run: () => moveTo(current + pageRows),
    },
    {
      ...move,
      id: 'contacts.pageUp',
      label: 'A page up',
      icon: ChevronsUp,
      shortcuts: ['pageup'],
      run: () => moveTo(current - pageRows),
    },
    {
      ...move,
      id: 'contacts.first',
      label: 'First contact',
      icon: ChevronsUp,
      shortcuts: ['home'],
      run: () => moveTo(0),
    },
    {
      ...move,
      id: 'contacts.last',
      label: 'Last contact',
      icon: ChevronsDown,
      shortcuts: ['end'],
      run: () => moveTo(lastIndex),
    },
    { ...move, id: 'contacts.open', label: 'Open the contact', icon: CornerDownLeft, shortcuts: ['enter'], run: open },
    {
      ...move,
      id: 'contacts.peek',
      label: 'Peek at the contact',
      icon: PanelRight,
      shortcuts: ['space'],
      run: () => setPeek(!peek),
    },
    {
      ...move,
      id: 'contacts.closePeek',
      label: 'Close the peek',
      icon: PanelRight,
      shortcuts: ['escape'],
      when: () => peek,
      run: () => setPeek(false),
    },
  ]);
}
