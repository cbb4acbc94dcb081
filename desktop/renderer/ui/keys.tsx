import { useShownShortcut } from '../lib/actions/actions.tsx';
import { shortcutCaps, type Shortcut } from '../lib/actions/shortcut.ts';

/** The keys of a shortcut, drawn: those a person chose instead, unless `exact` says that they were looked up already. Screen readers get `aria-keyshortcuts` on the control instead. */
export function Keys({ shortcut, exact = false }: { shortcut: Shortcut; exact?: boolean }) {
  const now = useShownShortcut(shortcut) ?? shortcut;
  const shown = exact ? shortcut : now;
  if (shown === '') return null;
  return (
    <span className="keys wide" aria-hidden="true">
      {shortcutCaps(shown).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
