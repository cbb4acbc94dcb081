import { expect, test } from 'vitest';
import { matchesChord, shortcutCaps } from './shortcut.ts';

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ctrlKey: false,
  ...held,
});

test('draws ⌘ on a Mac and Ctrl elsewhere', () => {
  expect(shortcutCaps('mod+shift+o', true)).toEqual(['⌘', '⇧', 'O']);
  expect(shortcutCaps('mod+k', false)).toEqual(['Ctrl', 'K']);
  expect(shortcutCaps('g i', false)).toEqual(['G', 'I']);
});

test('a letter with Shift is another shortcut than the letter alone', () => {
  expect(matchesChord('z', press('z'), true)).toBe(true);
  expect(matchesChord('z', press('Z', { shiftKey: true }), true)).toBe(false);
  expect(matchesChord('shift+z', press('Z', { shiftKey: true }), true)).toBe(true);
});

test('a sign that needs Shift on this keyboard is matched by the sign', () => {
  expect(matchesChord('?', press('?', { shiftKey: true }), true)).toBe(true);
});

test('Ctrl on a Mac and the Windows key elsewhere are not the shortcut', () => {
  expect(matchesChord('mod+k', press('k', { metaKey: true }), true)).toBe(true);
  expect(matchesChord('mod+k', press('k', { ctrlKey: true }), true)).toBe(false);
  expect(matchesChord('mod+k', press('k', { ctrlKey: true }), false)).toBe(true);
  expect(matchesChord('k', press('k', { ctrlKey: true }), false)).toBe(false);
});
