import { useState } from 'react';

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
    if (!(before instanceof HTMLElement) || !before.isConnected) return;
    event.preventDefault();
    before.focus();
  };
}
