import { useCallback, useMemo, useState } from 'react';
import type { ExportedPeople } from '../../../../../../shared/bridge/bridge-contract.ts';
import type { ContactView } from '../../../../../../shared/bridge/contacts-contract.ts';
import { useBridge } from '../../../../lib/bridge-context.tsx';
import { showError } from '../../../../ui/toaster.tsx';
import type { ShownList } from '../contact-list-state.tsx';

/** Single contacts, or everybody of the list but some: a hundred thousand are not named one by one before something is done to them. */
type Chosen = { all: false; ids: ReadonlySet<string> } | { all: true; except: ReadonlySet<string> };

const NOBODY: Chosen = { all: false, ids: new Set() };
/** What one answer of the core may hold. */
const WINDOW = 500;
const SAMPLE = 1_000;

export type Selection = {
  count: number;
  isAll: boolean;
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  chooseAll: () => void;
  clear: () => void;
  /** From one place of the list to another, both ends with it; or no longer, where `on` is false. */
  chooseRange: (from: number, to: number, on?: boolean) => Promise<void>;
  /** Some of those who are chosen, few enough to ask about at once; null where it is everybody of the list. */
  sample: string[] | null;
  /** Everybody who is chosen, by name; null when the core could not say. */
  listIds: () => Promise<string[] | null>;
  /** The same without naming everybody: who is chosen, or the whole list where nobody is. Null before there is a list. */
  people: ExportedPeople | null;
};

/** Who is chosen in a list. Another list begins with nobody. `listWhole` is asked for where a search had stopped before its end. */
export function useSelection(shown: ShownList | null, listWhole: () => void): Selection {
  const bridge = useBridge();
  const [chosen, setChosen] = useState(NOBODY);
  const key = shown && JSON.stringify([shown.view.search, shown.view.filter ?? null]);
  const [of, setOf] = useState(key);
  if (of !== key) {
    setOf(key);
    setChosen(NOBODY);
  }
  const total = shown?.total ?? 0;

  const toggle = useCallback((id: string) => setChosen((before) => flip(before, [id], !isIn(before, id))), []);
  const chooseRange = useCallback(
    async (from: number, to: number, on = true) => {
      if (!shown) return;
      const [first, last] = from < to ? [from, to] : [to, from];
      const { view, snapshot } = shown;
      for (let at = first; at <= last; at += WINDOW) {
        const count = Math.min(WINDOW, last - at + 1);
        const reply = await bridge.call('contacts.window', { view, snapshot, from: at, count });
        if ('error' in reply) return showError(reply.error);
        const ids = reply.data.rows.flatMap((row) => row?.id ?? []);
        setChosen((before) => flip(before, ids, on));
      }
    },
    [bridge, shown],
  );
  const listIds = useCallback(async () => {
    if (!chosen.all) return [...chosen.ids];
    if (!shown) return [];
    const { snapshot } = shown;
    const view = wholeOf(shown);
    const reply = await bridge.call('contacts.ids', { view, snapshot, except: [...chosen.except] });
    if ('data' in reply) return reply.data;
    showError(reply.error);
    return null;
  }, [bridge, chosen, shown]);

  return useMemo(
    () => ({
      count: chosen.all ? Math.max(0, total - chosen.except.size) : chosen.ids.size,
      isAll: chosen.all,
      has: (id) => isIn(chosen, id),
      toggle,
      chooseAll: () => {
        if (shown?.capped) listWhole();
        setChosen({ all: true, except: new Set() });
      },
      clear: () => setChosen(NOBODY),
      sample: chosen.all ? null : [...chosen.ids].slice(0, SAMPLE),
      chooseRange,
      listIds,
      people: peopleOf(chosen, shown),
    }),
    [chosen, total, shown, listWhole, toggle, chooseRange, listIds],
  );
}

/** Whoever is quicker than the whole list means all of it the same. */
const wholeOf = ({ view, capped }: ShownList): ContactView => (capped ? { ...view, whole: true } : view);

function peopleOf(chosen: Chosen, shown: ShownList | null): ExportedPeople | null {
  if (!chosen.all && chosen.ids.size > 0) return { ids: [...chosen.ids] };
  return shown && { view: wholeOf(shown), except: chosen.all ? [...chosen.except] : [] };
}

const isIn = (chosen: Chosen, id: string): boolean => (chosen.all ? !chosen.except.has(id) : chosen.ids.has(id));

/** These chosen or not; of "everybody but some" the exceptions change. */
function flip(chosen: Chosen, ids: readonly string[], on: boolean): Chosen {
  const named = new Set(chosen.all ? chosen.except : chosen.ids);
  for (const id of ids) {
    if (on === chosen.all) named.delete(id);
    else named.add(id);
  }
  return chosen.all ? { all: true, except: named } : { all: false, ids: named };
}
