import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { ContactView } from '../../../../../shared/bridge/contacts-contract.ts';
import { must } from '../../../../../shared/kernel/must.ts';
import { useBridge } from '../../../lib/bridge-context.tsx';
import { saidInWords } from '../../../lib/i18n/said-in-words.ts';
import { bridgeQuery } from '../../../lib/use-query.ts';
import { showError } from '../../../ui/toaster.tsx';
import { builtInViews, type ListView } from './columns/list-view.ts';

export const PAGE_ROWS = 100;

/** The order on screen: rows stay where they are until somebody asks for another order or takes the new ones. */
export type ShownList = { view: ContactView; snapshot: number; total: number; capped: boolean; tookMs: number };

type ContactListState = {
  /** Which saved or built-in view was opened; what was changed in it since is in `list`. */
  viewId: string;
  openView: (id: string, list: ListView) => void;
  /** What was typed and chosen; `shown` follows a moment later. */
  list: ListView;
  change: (change: Partial<ListView>) => void;
  /** The part of the list that decides who is shown and in what order. */
  view: ContactView;
  shown: ShownList | null;
  /** Why nothing can be shown, in words; null while something is, or is on its way. */
  unreadable: string | null;
  /** Orders anew, with what has arrived since. */
  refresh: () => void;
  /** Lists everybody who was found, where the search had stopped before. */
  listWhole: () => void;
  current: number;
  setCurrent: (index: number) => void;
  peek: boolean;
  setPeek: (open: boolean) => void;
  /** Where the list was left, in pixels, to come back to the same place. */
  scrollTop: { current: number };
};

const ContactListContext = createContext<ContactListState | null>(null);

const FIRST = 'all';
const firstList = (): ListView => must(builtInViews()[0], 'a first view').view;

/** What is taken away is absent, as in views that are saved: they are compared with the list. */
const changed = (list: ListView, change: Partial<ListView>): ListView =>
  Object.fromEntries(Object.entries({ ...list, ...change }).filter(([, value]) => value !== undefined)) as ListView;

/** Whether what changed may show others or in another order. */
const REORDERS: readonly (keyof ListView)[] = ['search', 'filter', 'sort', 'order', 'pageSize'];

/** Lives above the routes, so that the list, the peek and the full page share one order and one place. */
export function ContactListProvider({ children }: { children: ReactNode }) {
  const bridge = useBridge();
  const client = useQueryClient();
  const [{ viewId, list }, setOpened] = useState(() => ({ viewId: FIRST, list: firstList() }));
  const [shown, setShown] = useState<ShownList | null>(null);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const [current, setCurrent] = useState(0);
  const [peek, setPeek] = useState(false);
  const scrollTop = useRef(0);
  const latest = useRef(0);
  const { search, filter, sort, order: direction } = list;
  const view = useMemo<ContactView>(
    () => ({ search, sort, order: direction, ...(filter && { filter }) }),
    [search, filter, sort, direction],
  );

  const order = useCallback(
    async (wanted: ContactView): Promise<ShownList | string | null> => {
      const turn = ++latest.current;
      const args = { view: wanted, from: 0, count: PAGE_ROWS };
      const reply = await bridge.call('contacts.window', { ...args, snapshot: null });
      if (turn !== latest.current) return null;
      if ('error' in reply) {
        showError(reply.error);
        return saidInWords(reply.error.message);
      }
      const { snapshot, total, capped, tookMs } = reply.data;
      client.setQueryData(bridgeQuery(bridge, 'contacts.window', { ...args, snapshot }).queryKey, reply.data);
      return { view: wanted, snapshot, total, capped, tookMs };
    },
    [bridge, client],
  );

  /** Null where a later question is on its way, a text where there is no answer: then the order on screen stays. */
  const settle = useCallback((answer: ShownList | string | null) => {
    if (answer === null) return;
    setUnreadable(typeof answer === 'string' ? answer : null);
    if (typeof answer !== 'string') setShown(answer);
  }, []);
  useEffect(() => {
    void order(view).then(settle);
  }, [order, settle, view]);

  const whole = shown?.view.whole;
  const value = useMemo<ContactListState>(() => {
    const show = (wanted: ContactView) => void order(wanted).then(settle);
    const toTop = () => {
      setCurrent(0);
      scrollTop.current = 0;
    };
    return {
      viewId,
      openView: (id, next) => {
        setOpened({ viewId: id, list: next });
        toTop();
      },
      list,
      change: (change) => {
        setOpened((before) => ({ ...before, list: changed(before.list, change) }));
        if (REORDERS.some((key) => key in change)) toTop();
      },
      view,
      shown,
      unreadable: shown ? null : unreadable,
      refresh: () => show(whole ? { ...view, whole } : view),
      listWhole: () => show({ ...view, whole: true }),
      current,
      setCurrent,
      peek,
      setPeek,
      scrollTop,
    };
  }, [viewId, list, view, shown, whole, unreadable, order, settle, current, peek]);
  return <ContactListContext value={value}>{children}</ContactListContext>;
}

export const useContactList = (): ContactListState => must(useContext(ContactListContext), 'ContactListProvider');
