import { isMac, type Shortcut } from './shortcut.ts';

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process']);

/** Keys that the system or the browser keeps for itself, or that other keys are made of. */
const KEPT = new Set([
  'escape',
  'tab',
  'shift+tab',
  'mod+w',
  'mod+q',
  'mod+t',
  'mod+n',
  'mod+r',
  'mod+c',
  'mod+v',
  'mod+x',
  'mod+a',
]);

export type Recorded = { status: 'more' } | { status: 'kept' } | { status: 'done'; shortcut: Shortcut };

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'altKey' | 'metaKey' | 'ctrlKey'>;

/** A key press as a chord is written; null while only modifiers are down. */
export function chordOf(press: Press, mac = isMac()): string | null {
  if (MODIFIERS.has(press.key)) return null;
  const letter = /^Key([A-Z])$/u.exec(press.code)?.[1]?.toLowerCase();
  const key = press.altKey && letter ? letter : press.key === ' ' ? 'space' : press.key.toLowerCase();
  const shiftCounts = key.length > 1 || /\p{L}/u.test(key);
  const parts = [
    (mac ? press.metaKey : press.ctrlKey) && 'mod',
    mac && press.ctrlKey && 'ctrl',
    press.altKey && 'alt',
    shiftCounts && press.shiftKey && 'shift',
    key,
  ];
  return parts.filter(Boolean).join('+');
}

/** What was recorded so far, with one more press. Only `g` begins keys of two presses. */
export function record(before: string | null, press: Press): Recorded {
  const chord = chordOf(press);
  if (chord === null) return { status: 'more' };
  if (KEPT.has(chord)) return { status: 'kept' };
  if (before === null && chord === 'g') return { status: 'more' };
  return { status: 'done', shortcut: before === null ? chord : `${before} ${chord}` };
}
