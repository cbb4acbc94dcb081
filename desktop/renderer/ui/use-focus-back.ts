import { useState } from 'react';

const LAYER = '[role="dialog"],[role="alertdialog"],[role="menu"]';

/** What had the focus last on the page itself: where it goes back to after one dialog that led to another. */
let onThePage: Element | null = null;
document.addEventListener('focusin', ({ target }) => {
  if (target instanceof Element && !target.closest(LAYER)) onThePage = target;
});

/** Where the focus stood: inside a menu that is about to close, the button that opened the menu. */
function focusNow(): Element | null {
  const menu = document.activeElement?.closest('[role="menu"]');
  return menu ? document.querySelector(`[aria-controls="${CSS.escape(menu.id)}"]`) : document.activeElement;
}

/**
 * For layers that a key opens: they have no button of their own to give the focus back to, so it goes to
 * whatever had it before. Gives the handler for `onCloseAutoFocus`.
 */
export function useFocusBack(open: boolean): (event: Event) => void {
  const [wasOpen, setWasOpen] = useState(false);
  const [before, setBefore] = useState<Element | null>(null);
  // while rendering, because a field inside takes the focus before any effect runs
  if (open !== wasOpen) {
    setWasOpen(open);
    if (open) setBefore(focusNow());
  }
  return (event) => {
    const back = [before, onThePage].find((one) => one instanceof HTMLElement && one.isConnected);
    if (!(back instanceof HTMLElement)) return;
    event.preventDefault();
    back.focus();
  };
}
