import { Undo2 } from 'lucide-react';
import { createContext, useCallback, useContext, useRef, type ReactNode } from 'react';
import { must } from '../../../../shared/kernel/must.ts';
import { dismissToast, showUndo } from '../../ui/toaster.tsx';
import { useActions } from './actions.tsx';
import { t } from '../i18n/t.ts';
import { useAnnounce } from '../announce.tsx';

export type UndoOffer = { label: string; undo: () => void };

const UndoContext = createContext<((offer: UndoOffer) => void) | null>(null);

/** Undo instead of "are you sure": the last thing one may regret can be taken back for 8 seconds, by hand or with Z. */
export function UndoProvider({ children }: { children: ReactNode }) {
  const latest = useRef<UndoOffer | null>(null);
  const announce = useAnnounce();

  const take = useCallback(() => {
    const offer = latest.current;
    latest.current = null;
    dismissToast();
    if (!offer) return;
    offer.undo();
    announce(t('Undone: {{change}}', { change: offer.label }));
  }, [announce]);

  const offerUndo = useCallback(
    (offer: UndoOffer) => {
      latest.current = offer;
      showUndo(offer.label, take, () => {
        if (latest.current === offer) latest.current = null;
      });
    },
    [take],
  );

  useActions([
    {
      id: 'undo',
      label: t('Undo the last change'),
      icon: Undo2,
      section: t('Edit'),
      shortcuts: ['z'],
      when: () => latest.current !== null,
      run: take,
    },
  ]);
  return <UndoContext value={offerUndo}>{children}</UndoContext>;
}

export const useOfferUndo = (): ((offer: UndoOffer) => void) => must(useContext(UndoContext), 'UndoProvider');
