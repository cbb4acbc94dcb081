import { t } from '../i18n/t.ts';

/**
 * A shortcut as it is written down: `mod+k`, `shift+z`, `g i` (one after the other), `/`, `enter`.
 * `mod` is ⌘ on a Mac and Ctrl elsewhere; `ctrl` is Ctrl everywhere.
 */
export type Shortcut = string;

export const isMac = (): boolean => /mac|iphone|ipad/i.test(navigator.platform || navigator.userAgent);

const MAC_GLYPHS: Record<string, string> = { mod: '⌘', ctrl: '⌃', shift: '⇧', alt: '⌥' };
const OTHER_GLYPHS: Record<string, string> = { mod: 'Ctrl', ctrl: 'Ctrl', shift: '⇧', alt: 'Alt' };
/** What stands on the key, where the language prints words on keyboards. */
const keyGlyphs = (): Record<string, string> => ({
  enter: '↵',
  escape: t('Esc'),
  space: t('Space'),
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  pageup: t('PgUp'),
  pagedown: t('PgDn'),
  home: t('Home'),
  end: t('End'),
});

/** The keys to draw, one cap each: `mod+shift+o` → ⌘ ⇧ O. */
export function shortcutCaps(shortcut: Shortcut, mac = isMac()): string[] {
  const glyphs = keyGlyphs();
  const modifiers = mac ? MAC_GLYPHS : OTHER_GLYPHS;
  return shortcut
    .split(' ')
    .flatMap((chord) => chord.split('+'))
    .filter((key) => key !== '')
    .map((key) => modifiers[key] ?? glyphs[key] ?? key.toUpperCase());
}

/** The shortcut for `aria-keyshortcuts`. */
export const ariaShortcut = (shortcut: Shortcut, mac = isMac()): string =>
  shortcut
    .replace('mod', mac ? 'Meta' : 'Control')
    .replace('ctrl', 'Control')
    .replace('shift', 'Shift')
    .replace('alt', 'Alt');

type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'metaKey' | 'ctrlKey'> & { code?: string };

const nameOf = (key: string) => (key === ' ' ? 'space' : key.toLowerCase());

/** Whether a key press is this chord. Shift is only compared for letters and named keys: `?` already contains it. */
export function matchesChord(chord: string, press: KeyPress, mac = isMac()): boolean {
  const parts = chord.split('+');
  const key = parts.at(-1);
  const wanted = (name: string) => parts.slice(0, -1).includes(name);
  const mod = mac ? press.metaKey : press.ctrlKey;
  const otherMod = mac ? press.ctrlKey : press.metaKey;
  // ⌥T on a Mac is `†`: with Alt the key counts, not what it writes
  const letter = press.altKey ? /^Key([A-Z])$/u.exec(press.code ?? '')?.[1] : undefined;
  const pressed = nameOf(letter ?? press.key);
  const shiftCounts = pressed.length > 1 || /\p{L}/u.test(pressed);
  return (
    pressed === key &&
    mod === (wanted('mod') || (!mac && wanted('ctrl'))) &&
    otherMod === (mac && wanted('ctrl')) &&
    press.altKey === wanted('alt') &&
    (!shiftCounts || press.shiftKey === wanted('shift'))
  );
}
