import { CircleAlert, X } from 'lucide-react';
import { Toaster as Sonner, toast } from 'sonner';
import type { ErrorBody } from '../../../shared/kernel/app-error.ts';
import { saidInWords } from '../lib/i18n/said-in-words.ts';
import { t } from '../lib/i18n/t.ts';
import { Keys } from './keys.tsx';

const UNDO_MS = 8_000;

let latest: string | number | undefined;

/** Bakelite, one at a time, only for what one may regret and for errors that have no place of their own. */
export const Toaster = () => (
  <Sonner
    position="bottom-center"
    visibleToasts={1}
    offset={16}
    mobileOffset={60}
    containerAriaLabel={t('Notifications')}
    dir="auto"
  />
);

export function dismissToast(): void {
  if (latest !== undefined) toast.dismiss(latest);
  latest = undefined;
}

export function showUndo(label: string, onUndo: () => void, onGone: () => void): void {
  dismissToast();
  latest = toast.custom(
    () => (
      <div className="toast" data-draining="">
        {label}
        <button type="button" onClick={onUndo}>
          {t('Undo')}
          <Keys shortcut="z" />
        </button>
      </div>
    ),
    { duration: UNDO_MS, onAutoClose: onGone, onDismiss: onGone },
  );
}

export function showError(error: ErrorBody): void {
  dismissToast();
  latest = toast.custom(
    () => (
      <div className="toast" role="alert">
        <CircleAlert size={16} aria-hidden="true" className="shrink-0" />
        <span>{saidInWords(error.message)}</span>
        <button type="button" onClick={dismissToast} aria-label={t('Close')}>
          <X size={14} aria-hidden="true" />
        </button>
      </div>
    ),
    { duration: UNDO_MS },
  );
}
