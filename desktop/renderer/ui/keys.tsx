import { shortcutCaps, type Shortcut } from '../lib/actions/shortcut.ts';

/** The keys of a shortcut, drawn. Screen readers get `aria-keyshortcuts` on the control instead. */
export function Keys({ shortcut }: { shortcut: Shortcut }) {
  return (
    <span className="keys wide" aria-hidden="true">
      {shortcutCaps(shortcut).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
