import { useCallback, useState } from 'react';
import { t } from './i18n/t.ts';
import { showError } from '../ui/toaster.tsx';

/** Copies text. `copied` is true until something else is copied here. */
export function useCopy(): { copied: boolean; copy: (text: string) => Promise<void> } {
  const [copied, setCopied] = useState(false);
  const copy = useCallback(async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      showError({
        code: 'not_allowed_now',
        message: t('The clipboard is not open to Switchboard here, so nothing was copied. Allow it and try again.'),
      });
    }
  }, []);
  return { copied, copy };
}
