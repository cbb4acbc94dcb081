import { ChevronDown, ChevronUp, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useAnnounce } from '../announce.tsx';
import { useActions } from './actions.tsx';
import { t } from '../i18n/t.ts';
import type { Shortcut } from './shortcut.ts';
import { useKeptPlace } from './use-kept-place.ts';

type Card = { id: string; title: string };
type Press = { act: string; label: string; icon: LucideIcon; shortcut: Shortcut };

const cardOf = (id: string) => document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);

/**
 * Keys of a page of cards (elements with `data-card`): J and K walk them in the order they stand; the other keys press the
 * button of the current one that has their `data-act`, so that a key never does what no button shows. Answers the current card,
 * which is `start` once that one is there.
 */
export function useCardKeys(
  scope: string,
  section: string,
  cards: readonly Card[],
  presses: readonly Press[],
  start: string | null = null,
): string | null {
  const [chosen, setChosen] = useState<string | null>(null);
  const announce = useAnnounce();
  const place = cards.findIndex(({ id }) => id === chosen);
  const current = place >= 0 ? chosen : null;
  const go = (to: number) => {
    const card = cards[Math.max(0, Math.min(cards.length - 1, to))];
    if (!card) return;
    setChosen(card.id);
    cardOf(card.id)?.focus();
    announce(
      t('{{title}}, {{place}} of {{total}}', {
        title: card.title,
        place: cards.indexOf(card) + 1,
        total: cards.length,
      }),
    );
  };
  useKeptPlace(cards, (id) => go(cards.findIndex((card) => card.id === id)));
  const [begun, setBegun] = useState<string | null>(null);
  const isThere = start !== null && cards.some(({ id }) => id === start);
  if (isThere && begun !== start) {
    setBegun(start);
    setChosen(start);
  }
  useEffect(() => {
    if (begun !== null) cardOf(begun)?.focus();
  }, [begun]);
  const button = (act: string) =>
    current === null ? null : (cardOf(current)?.querySelector<HTMLElement>(`[data-act="${act}"]`) ?? null);
  const move = { section, keyOnly: true, when: () => cards.length > 0 };
  useActions([
    {
      ...move,
      id: `${scope}.next`,
      label: t('Next'),
      icon: ChevronDown,
      shortcuts: ['j', 'arrowdown'],
      run: () => go(place + 1),
    },
    {
      ...move,
      id: `${scope}.previous`,
      label: t('Previous'),
      icon: ChevronUp,
      shortcuts: ['k', 'arrowup'],
      run: () => go(place - 1),
    },
    ...presses.map(({ act, label, icon, shortcut }) => ({
      id: `${scope}.${act}`,
      label,
      icon,
      section,
      shortcuts: [shortcut],
      when: () => button(act) !== null,
      run: () => button(act)?.click(),
    })),
  ]);
  return current;
}
