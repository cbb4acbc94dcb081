import { firmSoundOf, likeness, soundOf } from './name-likeness.ts';

/** What made two contacts look like one person. */
export type Likeness = 'phone' | 'email' | 'name';

export type DuplicateFace = {
  readonly id: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly company: string | null;
  readonly phone: string | null;
  readonly email: string | null;
};

/** Two contacts by id, in the order they were given, and how sure it is that they are one person: 1 is certain. */
export type DuplicatePair = { a: string; b: string; because: Likeness; certainty: number };

/** With the parts of its name as they are compared, worked out once. */
type Known = { face: DuplicateFace; place: number; first: string; last: string; firm: string; name: string };

/** More pairs than anybody looks through; the surest stay. */
const MOST_PAIRS = 10_000;
/** A larger group is looked through by its nearest neighbours only, in the order of their names. */
const [SMALL_GROUP, NEIGHBOURS] = [60, 15];
const SLICE = 500;
/** First names are short, and one letter makes another person of them. */
const [FIRST_LIKE, LAST_LIKE, FIRM_LIKE] = [0.88, 0.92, 0.88];

/**
 * Finds contacts that may be one person, the surest first: the same phone number, then the same e-mail address, then names and firms
 * that are nearly the same. A pause after each slice yields the share that is done, so that a thread can answer others in between.
 * A shared number of two people with quite different names (a household, a switchboard) is told, with little certainty.
 */
export function* findDuplicates(faces: readonly DuplicateFace[]): Generator<number, DuplicatePair[]> {
  const byPhone = new Map<string, Known[]>();
  const byEmail = new Map<string, Known[]>();
  const byName = new Map<string, Known[]>();
  for (const [i, face] of faces.entries()) {
    const [first, last, firm] = [soundOf(face.firstName), soundOf(face.lastName), firmSoundOf(face.company)];
    const known: Known = { face, place: i, first, last, firm, name: `${last} ${first} ${firm}` };
    if (face.phone) put(byPhone, face.phone, known);
    if (face.email) put(byEmail, face.email.toLowerCase(), known);
    for (const key of nameKeys(known)) put(byName, key, known);
    if (i % SLICE === SLICE - 1) yield (i / faces.length) * 0.5;
  }
  const pairs = new Map<number, DuplicatePair>();
  const groups = [...byPhone.values(), ...byEmail.values(), ...byName.values()].filter(({ length }) => length > 1);
  let looked = 0;
  for (const [i, group] of groups.entries()) {
    for (const [one, other] of pairsOf(group)) {
      looked += 1;
      const [a, b] = one.place < other.place ? [one, other] : [other, one];
      const pair = compare(a, b);
      if (pair) pairs.set(a.place * faces.length + b.place, pair);
      if (looked % SLICE === 0) yield 0.5 + (i / groups.length) * 0.5;
    }
  }
  return [...pairs.values()].toSorted((x, y) => y.certainty - x.certainty).slice(0, MOST_PAIRS);
}

function put(groups: Map<string, Known[]>, key: string, known: Known): void {
  const group = groups.get(key);
  if (group) group.push(known);
  else groups.set(key, [known]);
}

/** Who shares one of these is compared. Names that were put in each other's place share them too. */
function nameKeys({ first, last, firm }: Known): string[] {
  if (first === '' || last === '')
    return first + last === '' || firm === '' ? [] : [`${firm.slice(0, 4)}|${first}${last}`];
  const whole = `=${[first, last].toSorted().join(' ')}`;
  if (firm === '') return [whole];
  const start = firm.slice(0, 3);
  return [
    whole,
    `${start}|${last.slice(0, 2)}|${first.slice(0, 1)}`,
    `${start}|${first.slice(0, 2)}|${last.slice(0, 1)}`,
  ];
}

function* pairsOf(group: readonly Known[]): Generator<readonly [Known, Known]> {
  const isSmall = group.length <= SMALL_GROUP;
  const sorted = isSmall ? group : group.toSorted((x, y) => (x.name < y.name ? -1 : 1));
  for (const [i, one] of sorted.entries()) {
    const end = isSmall ? sorted.length : Math.min(sorted.length, i + 1 + NEIGHBOURS);
    for (let j = i + 1; j < end; j += 1) {
      const other = sorted[j];
      if (other && other !== one) yield [one, other];
    }
  }
}

function compare(a: Known, b: Known): DuplicatePair | null {
  const names = nameLikeness(a, b);
  const found = (because: Likeness, certainty: number): DuplicatePair => ({
    a: a.face.id,
    b: b.face.id,
    because,
    certainty,
  });
  const samePhone = a.face.phone !== null && a.face.phone === b.face.phone;
  const sameEmail = a.face.email !== null && a.face.email.toLowerCase() === b.face.email?.toLowerCase();
  if (samePhone && sameEmail) return found('phone', names === 0 ? 0.9 : 1);
  if (samePhone || sameEmail) {
    const certainty = names === null ? 0.85 : names === 0 ? 0.4 : 0.9 + names * 0.08;
    return found(samePhone ? 'phone' : 'email', certainty);
  }
  if (names === null || names === 0) return null;
  // Two numbers and two addresses are two people, as a rule, or one who has both: not enough to ask about.
  const isOther = a.face.phone !== null && b.face.phone !== null && a.face.email !== null && b.face.email !== null;
  if (a.firm !== '' && b.firm !== '') {
    const firms = likeness(a.firm, b.firm);
    return firms < FIRM_LIKE ? null : found('name', (isOther ? 0.15 : 0.5) + (names * firms) ** 2 * 0.3);
  }
  const isWhole = a.first.length > 1 && a.last !== '' && names === 1;
  return isWhole && !isOther ? found('name', 0.5) : null;
}

/** Null where one of them has no name, 0 where the names are of two people. */
function nameLikeness(a: Known, b: Known): number | null {
  if (a.first + a.last === '' || b.first + b.last === '') return null;
  return Math.max(arranged(a.first, a.last, b.first, b.last), arranged(a.first, a.last, b.last, b.first));
}

function arranged(first: string, last: string, otherFirst: string, otherLast: string): number {
  if (last === '' || otherLast === '' || first === '' || otherFirst === '') {
    const whole = likeness(`${first} ${last}`.trim(), `${otherFirst} ${otherLast}`.trim());
    return whole >= 0.95 ? whole : 0;
  }
  const lasts = likeness(last, otherLast);
  if (lasts < LAST_LIKE) return 0;
  if (isInitial(first, otherFirst)) return 0.85 * lasts;
  const firsts = likeness(first, otherFirst);
  return firsts < FIRST_LIKE ? 0 : (firsts + lasts) / 2;
}

const isInitial = (a: string, b: string): boolean => (a.length === 1 || b.length === 1) && a[0] === b[0];
