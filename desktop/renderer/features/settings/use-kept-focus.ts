import { useEffect, useRef, type RefObject } from 'react';

/**
 * In a page of settings whatever had the focus may go away: a token that was revoked, an invitation that was taken back, the
 * button that turned something on. The focus then goes to the heading of its part instead of to nowhere.
 */
export function useKeptFocus(): RefObject<HTMLDivElement | null> {
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = page.current;
    if (!root) return undefined;
    let held: Element | null = null;
    let heading: HTMLElement | null = null;
    const note = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return;
      held = target;
      heading = target.closest('section')?.querySelector('h3') ?? root.querySelector('h2');
    };
    const left = ({ relatedTarget }: FocusEvent) => {
      // a dialog gives the focus back, unless what it was asked about goes away meanwhile
      if (relatedTarget instanceof Element && !relatedTarget.closest('[role="dialog"],[role="menu"]')) held = null;
    };
    const changes = new MutationObserver(() => {
      if (held === null || held.isConnected || document.activeElement !== document.body) return;
      const to = heading?.isConnected ? heading : root.querySelector<HTMLElement>('h2');
      to?.setAttribute('tabindex', '-1');
      to?.focus();
    });
    root.addEventListener('focusin', note);
    root.addEventListener('focusout', left);
    changes.observe(root, { childList: true, subtree: true });
    return () => {
      root.removeEventListener('focusin', note);
      root.removeEventListener('focusout', left);
      changes.disconnect();
    };
  }, []);
  return page;
}
