import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { ContactView } from '../../../../../shared/bridge/bridge-contract.ts';
import { must } from '../../../../../shared/kernel/must.ts';
import { useBridge } from '../../../lib/bridge-context.tsx';
import { bridgeQuery } from '../../../lib/use-query.ts';
import { showError } from '../../../ui/toaster.tsx';

export const PAGE_ROWS = 100;
const FIRST_VIEW: ContactView = { search: '', sort: 'score', order: 'desc' };

/** The order on screen: rows stay where they are until somebody asks for another order or takes the new ones. */
export type ShownList = { view: ContactView; snapshot: number; total: number; capped: boolean; tookMs: number };

type ContactListState = {
  /** What was typed and chosen; `shown` follows a moment later. */
  view: ContactView;
  setView: (change: Partial<ContactView>) => void;
  shown: ShownList | null;
  /** Orders anew, with what has arrived since. */
  refresh: () => void;
  current: number;
  setCurrent: (index: number) => void;
  peek: boolean;
  setPeek: (open: boolean) => void;
  /** Where the list was left, in pixels, to come back to the same place. */
  scrollTop: { current: number };
};

const ContactListContext = createContext<ContactListState | null>(null);

/** Lives above the routes, so that the list, the peek and the full page share one order and one place. */
export function ContactListProvider({ children }: { children: ReactNode }) {
  const bridge = useBridge();
  const client = useQueryClient();
  const [view, setWholeView] = useState(FIRST_VIEW);
  const [shown, setShown] = useState<ShownList | null>(null);
  const [current, setCurrent] = useState(0);
  const [peek, setPeek] = useState(false);
  const scrollTop = useRef(0);
  const latest = useRef(0);

  const order = useCallback(
    async (wanted: ContactView): Promise<ShownList | null> => {
      const turn = ++latest.current;
      const args = { view: wanted, from: 0, count: PAGE_ROWS };
      const reply = await bridge.call('contacts.window', { ...args, snapshot: null });
      if (turn !== latest.current) return null;
      if ('error' in reply) {
        showError(reply.error);
        return null;
      }
      const { snapshot, total, capped, tookMs } = reply.data;
      client.setQueryData(bridgeQuery(bridge, 'contacts.window', { ...args, snapshot }).queryKey, reply.data);
      return { view: wanted, snapshot, total, capped, tookMs };
    },
    [bridge, client],
  );

  useEffect(() => {
    void order(view).then((list) => list && setShown(list));
  }, [order, view]);

  const value = useMemo<ContactListState>(
    () => ({
      view,
      setView: (change) => {
        setWholeView((before) => ({ ...before, ...change }));
        setCurrent(0);
        scrollTop.current = 0;
      },
      shown,
      refresh: () => void order(view).then((list) => list && setShown(list)),
      current,
      setCurrent,
      peek,
      setPeek,
      scrollTop,
    }),
    [view, shown, order, current, peek],
  );
  return <ContactListContext value={value}>{children}</ContactListContext>;
}

export const useContactList = (): ContactListState => must(useContext(ContactListContext), 'ContactListProvider');
