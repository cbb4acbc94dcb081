import type { Action } from './actions.tsx';
import { matchesChord } from './shortcut.ts';

const SEQUENCE_MS = 1_000;
const LAYER = '[role="dialog"],[role="alertdialog"],[role="menu"]';

const isTyping = (target: Element) =>
  target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]');

/**
 * Turns key presses into actions. Single keys act only when no field has focus and no dialog or menu is open;
 * keys with Alt, Ctrl or ⌘ act everywhere, also while typing; Enter and Space stay with the button that has the focus,
 * unless pressing it does nothing more (`data-passes-keys`).
 */
export function dispatchKey(list: () => Action[]): (event: KeyboardEvent) => void {
  let prefix: { key: string; at: number } | null = null;

  return (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    const inLayer = target.closest(LAYER) !== null;
    const single = !event.metaKey && !event.ctrlKey && !event.altKey;
    if (single && (isTyping(target) || inLayer)) return;
    const pressesControl =
      (event.key === 'Enter' || event.key === ' ') &&
      !event.ctrlKey &&
      !event.metaKey &&
      target.closest('a, button:not([data-passes-keys])') !== null;
    if (pressesControl) return;

    const before = prefix && event.timeStamp - prefix.at < SEQUENCE_MS ? prefix.key : null;
    prefix = null;
    for (const action of list()) {
      for (const shortcut of action.shortcuts ?? []) {
        const [first = '', second] = shortcut.split(' ');
        if (
          second === undefined
            ? before === null && matchesChord(first, event)
            : before === first && matchesChord(second, event)
        ) {
          event.preventDefault();
          action.run();
          return;
        }
        if (second !== undefined && matchesChord(first, event)) prefix = { key: first, at: event.timeStamp };
      }
    }
  };
}
