import {
  ArrowDown,
  ArrowUp,
  ChevronsDown,
  ChevronsUp,
  CornerDownLeft,
  ListChecks,
  PanelRight,
  SquareCheck,
} from 'lucide-react';
import { useActions } from '../../../lib/actions/actions.tsx';
import { t } from '../../../lib/i18n/t.ts';
import { useContactList } from './contact-list-state.tsx';
import type { Selection } from './selection/use-selection.ts';

type ListKeys = {
  current: number;
  lastIndex: number;
  pageRows: number;
  moveTo: (index: number) => void;
  open: () => void;
  /** Chooses the contact under the cursor, or no longer. */
  pick: () => void;
  /** Chooses from the cursor to there and goes there. */
  pickTo: (index: number) => void;
  selection: Selection;
};

/** Moving about in the list, opening and peeking, all by key. */
export function useContactListKeys(keys: ListKeys): void {
  const { current, lastIndex, pageRows, moveTo, open, pick, pickTo, selection } = keys;
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
      when: () => peek && selection.count === 0,
      run: () => setPeek(false),
    },
    {
      ...move,
      id: 'contacts.pick',
      label: t('Choose the contact'),
      icon: SquareCheck,
      shortcuts: ['x'],
      run: pick,
    },
    {
      ...move,
      id: 'contacts.pickDown',
      label: t('Choose downwards'),
      icon: SquareCheck,
      shortcuts: ['shift+arrowdown', 'shift+x'],
      run: () => pickTo(Math.min(lastIndex, current + 1)),
    },
    {
      ...move,
      id: 'contacts.pickUp',
      label: t('Choose upwards'),
      icon: SquareCheck,
      shortcuts: ['shift+arrowup'],
      run: () => pickTo(Math.max(0, current - 1)),
    },
    {
      ...move,
      id: 'contacts.pickAll',
      label: t('Choose everybody of the list'),
      icon: ListChecks,
      shortcuts: ['mod+a'],
      run: selection.chooseAll,
    },
    {
      ...move,
      id: 'contacts.pickNobody',
      label: t('Choose nobody'),
      icon: ListChecks,
      shortcuts: ['escape'],
      when: () => selection.count > 0,
      run: selection.clear,
    },
  ]);
}
