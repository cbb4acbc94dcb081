/** When a task is due, as far as its text says. `allDay`: a day without a time, as its start. */
export type Due = { at: number; allDay: boolean };
export type ReadTask = { title: string; due: Due | null };

const MOST_WORDS = 6;
const DAYS = new Map(
  Object.entries({
    sun: 0,
    sunday: 0,
    domingo: 0,
    dom: 0,
    mon: 1,
    monday: 1,
    lunes: 1,
    lun: 1,
    tue: 2,
    tues: 2,
    tuesday: 2,
    martes: 2,
    mar: 2,
    wed: 3,
    wednesday: 3,
    miercoles: 3,
    mie: 3,
    thu: 4,
    thur: 4,
    thurs: 4,
    thursday: 4,
    jueves: 4,
    jue: 4,
    fri: 5,
    friday: 5,
    viernes: 5,
    vie: 5,
    sat: 6,
    saturday: 6,
    sabado: 6,
    sab: 6,
  }),
);
const MONTHS = ['jan ene', 'feb', 'mar', 'apr abr', 'may', 'jun', 'jul', 'aug ago', 'sep set', 'oct', 'nov', 'dec dic'];
const AFTER = new Map(Object.entries({ today: 0, hoy: 0, tonight: 0, tomorrow: 1, tmrw: 1, mañana: 1, manana: 1 }));
const TIMES = new Map(
  Object.entries({ noon: 12, mediodia: 12, morning: 9, afternoon: 15, evening: 18, tonight: 20, tarde: 16, noche: 20 }),
);
const UNITS = new Map(
  Object.entries({
    min: 1,
    mins: 1,
    minute: 1,
    minutes: 1,
    minuto: 1,
    minutos: 1,
    h: 60,
    hour: 60,
    hours: 60,
    hora: 60,
    horas: 60,
    day: 1_440,
    days: 1_440,
    dia: 1_440,
    dias: 1_440,
    week: 10_080,
    weeks: 10_080,
    semana: 10_080,
    semanas: 10_080,
  }),
);
const DAY_OF_MONTH = /^(\d{1,2})(?:st|nd|rd|th)?$/u;
const FILLERS = new Set([
  'on',
  'at',
  'by',
  'the',
  'in',
  'this',
  'el',
  'la',
  'las',
  'a',
  'de',
  'por',
  'para',
  'due',
  'of',
]);

type Found = { day: Date | null; minutes: number | null; exact: number | null };

const plain = (word: string): string =>
  word
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036F]/gu, '')
    .replace(/[.,;]$/u, '');

/** "Call Ada tomorrow 9" is a call, due tomorrow at nine. Reads the end of the text, in English and Spanish; the rest is the title. */
export function readTask(text: string, now: number): ReadTask {
  const words = text.trim().split(/\s+/u).filter(Boolean);
  for (let count = Math.min(MOST_WORDS, words.length - 1); count > 0; count--) {
    const tail = words.slice(-count);
    const due = readDue(tail.join(' '), now);
    // a filler that begins the tail belongs to it: "on friday", not a title that ends with "on"
    if (due) return { title: words.slice(0, -count).join(' '), due };
  }
  return { title: words.join(' '), due: null };
}

/** A text that says nothing but when; null for every other. */
export function readDue(text: string, now: number): Due | null {
  const words = text.trim().split(/\s+/u).map(plain).filter(Boolean);
  if (words.length === 0 || FILLERS.has(words.at(-1) ?? '')) return null;
  const found: Found = { day: null, minutes: null, exact: null };
  for (let place = 0; place < words.length;) {
    const taken = take(words, place, found, now);
    if (taken === 0) return null;
    place += taken;
  }
  return toDue(found, now);
}

/** How many words at this place say something, written into what was found; 0 when they do not. */
function take(words: readonly string[], place: number, found: Found, now: number): number {
  const [word = '', next = '', third = ''] = words.slice(place);
  if (word === 'next' || word === 'proximo') return takeWeekday(next, found, now, 7) ? 2 : 0;
  const unit = UNITS.get(next);
  if (/^\d{1,3}$/u.test(word) && unit !== undefined && ['in', 'en'].includes(words[place - 1] ?? '')) {
    addUnits(found, Number(word), unit, now);
    return 2;
  }
  if (word === 'en' && /^\d/u.test(next)) return 1;
  if (FILLERS.has(word)) return 1;
  const dated = takeDate([word, next, third], found, now);
  if (dated > 0) return dated;
  const after = AFTER.get(word);
  if (after !== undefined && found.day === null) {
    found.day = dayAfter(now, after);
    if (word === 'tonight') found.minutes = 20 * 60;
    return 1;
  }
  if (takeWeekday(word, found, now, 0)) return 1;
  return takeTime(word, next, found, words[place - 1] ?? '');
}

/** `2026-12-14`, `14 dec`, `14 de diciembre`, `dec 14`. */
function takeDate([word, next, third]: readonly [string, string, string], found: Found, now: number): number {
  if (found.day !== null) return 0;
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(word);
  if (iso) return setDay(found, Number(iso[1]), Number(iso[2]) - 1, Number(iso[3])) ? 1 : 0;
  const dayFirst = DAY_OF_MONTH.exec(word);
  const joined = next === 'de';
  const month = monthOf(joined ? third : next);
  if (dayFirst && month !== null) return setNext(found, month, Number(dayFirst[1]), now) ? (joined ? 3 : 2) : 0;
  const monthFirst = monthOf(word);
  const day = DAY_OF_MONTH.exec(next);
  return monthFirst !== null && day !== null && setNext(found, monthFirst, Number(day[1]), now) ? 2 : 0;
}

const monthOf = (word: string): number | null => {
  if (word.length < 3 || (DAYS.has(word) && word.length > 3)) return null;
  const place = MONTHS.findIndex((names) => names.split(' ').some((name) => word.startsWith(name)));
  return place < 0 ? null : place;
};

function setNext(found: Found, month: number, day: number, now: number): boolean {
  const today = dayAfter(now, 0);
  const year = today.getFullYear();
  return setDay(found, new Date(year, month, day) < today ? year + 1 : year, month, day);
}

function setDay(found: Found, year: number, month: number, day: number): boolean {
  const date = new Date(year, month, day);
  if (date.getMonth() !== month || date.getDate() !== day) return false;
  found.day = date;
  return true;
}

function takeWeekday(word: string, found: Found, now: number, later: number): boolean {
  const weekday = DAYS.get(word);
  if (weekday === undefined || found.day !== null) return false;
  const ahead = (weekday - new Date(now).getDay() + 7) % 7 || 7;
  found.day = dayAfter(now, later > 0 && ahead < 7 ? ahead + 7 : ahead);
  return true;
}

function takeTime(word: string, next: string, found: Found, before: string): number {
  if (found.minutes !== null || found.exact !== null) return 0;
  const named = TIMES.get(word);
  if (named !== undefined) {
    found.minutes = named * 60;
    return 1;
  }
  const clock = /^(\d{1,2})(?:[:.h](\d{2}))?(am|pm)?$/u.exec(word);
  if (!clock) return 0;
  const half = clock[3] ?? (/^(am|pm)$/u.test(next) ? next : undefined);
  const said = clock[2] !== undefined || half !== undefined;
  if (!said && found.day === null && !['at', 'las', 'la'].includes(before)) return 0;
  const hours = toHours(Number(clock[1]), half, clock[2] !== undefined);
  const minutes = Number(clock[2] ?? 0);
  if (hours === null || minutes > 59) return 0;
  found.minutes = hours * 60 + minutes;
  return half !== undefined && clock[3] === undefined ? 2 : 1;
}

/** A bare 1 to 6 is in the afternoon: nobody telephones at three in the morning. */
function toHours(hour: number, half: string | undefined, written: boolean): number | null {
  if (half) return hour < 1 || hour > 12 ? null : (hour % 12) + (half === 'pm' ? 12 : 0);
  if (hour > 23) return null;
  return !written && hour >= 1 && hour <= 6 ? hour + 12 : hour;
}

const dayAfter = (now: number, days: number): Date => {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days);
};

function addUnits(found: Found, count: number, unit: number, now: number): void {
  if (unit >= 1_440) found.day = dayAfter(now, (count * unit) / 1_440);
  else found.exact = now + count * unit * 60_000;
}

function toDue({ day, minutes, exact }: Found, now: number): Due | null {
  if (exact !== null) return { at: Math.ceil(exact / 60_000) * 60_000, allDay: false };
  if (day === null && minutes === null) return null;
  if (minutes === null && day !== null) return { at: day.getTime(), allDay: true };
  const base = day ?? dayAfter(now, 0);
  const at = new Date(base).setHours(0, minutes ?? 0, 0, 0);
  // a time that is over today is tomorrow's
  return {
    at: day === null && at <= now ? new Date(dayAfter(now, 1)).setHours(0, minutes ?? 0, 0, 0) : at,
    allDay: false,
  };
}
