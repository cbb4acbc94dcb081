import { useSyncExternalStore } from 'react';

/** Whether a media query holds now. */
export const useMedia = (query: string): boolean =>
  useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => window.matchMedia(query).matches,
  );

/** One pane, tab bar, two-line rows. */
export const useIsNarrow = (): boolean => useMedia('(max-width: 640px)');

/** A window with room for panes or for the sidebar, not for both. */
export const useIsTight = (): boolean => useMedia('(max-width: 900px)');
