import { expect, test } from 'vitest';
import { readTask } from './read-due.ts';

// Saturday
const NOW = new Date(2026, 10, 21, 16, 30).getTime();
const at = (month: number, day: number, hour = 0, minute = 0, year = 2026) =>
  new Date(year, month - 1, day, hour, minute).getTime();

test.each([
  ['Call Ada tomorrow 9', 'Call Ada', at(11, 22, 9), false],
  ['Call Ada tomorrow', 'Call Ada', at(11, 22), true],
  ['Send the quote on friday at 14:30', 'Send the quote', at(11, 27, 14, 30), false],
  ['Send the quote next monday 3', 'Send the quote', at(11, 30, 15), false],
  ['Ring back in 2 hours', 'Ring back', at(11, 21, 18, 30), false],
  ['Ring back in 3 days', 'Ring back', at(11, 24), true],
  ['Ring back at 9', 'Ring back', at(11, 22, 9), false],
  ['Ring back 5pm', 'Ring back', at(11, 21, 17), false],
  ['Renew the lease 14 dec', 'Renew the lease', at(12, 14), true],
  ['Renew the lease Dec 14 noon', 'Renew the lease', at(12, 14, 12), false],
  ['Renew the lease 3 feb', 'Renew the lease', at(2, 3, 0, 0, 2027), true],
  ['Renew the lease 2026-12-01', 'Renew the lease', at(12, 1), true],
  ['Llamar a Ada mañana a las 9', 'Llamar a Ada', at(11, 22, 9), false],
  ['Llamar el lunes 10:15', 'Llamar', at(11, 23, 10, 15), false],
  ['Llamar el 14 de diciembre', 'Llamar', at(12, 14), true],
  ['Llamar en 2 horas', 'Llamar', at(11, 21, 18, 30), false],
])('%s', (text, title, due, allDay) => {
  expect(readTask(text, NOW)).toEqual({ title, due: { at: due, allDay } });
});

test.each(['Order 9 filters', 'tomorrow', 'Ask Mar about May', 'Ring apartment 9', 'Fix 31 feb'])(
  '%s says no time, so the whole text is the title',
  (text) => {
    expect(readTask(text, NOW)).toEqual({ title: text, due: null });
  },
);

test('spaces do not count and nothing says nothing', () => {
  expect(readTask('  Call   Ada  ', NOW)).toEqual({ title: 'Call Ada', due: null });
  expect(readTask('', NOW)).toEqual({ title: '', due: null });
});
