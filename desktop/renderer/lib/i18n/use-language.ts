import { useSyncExternalStore } from 'react';
import { i18n, language } from './i18n.ts';
import type { Language } from './language.ts';

const subscribe = (listener: () => void) => {
  i18n.on('languageChanged', listener);
  return () => i18n.off('languageChanged', listener);
};

/** Renders again when the language changes. Pages, the shell and memoised components call it; what they hold follows. */
export const useLanguage = (): Language => useSyncExternalStore(subscribe, language);
