import { expect, test } from 'vitest';
import { findDuplicates, type DuplicateFace, type DuplicatePair } from './find-duplicates.ts';
import { likeness } from './name-likeness.ts';

type Row = [
  person: string,
  first: string | null,
  last: string | null,
  company: string | null,
  phone?: string | null,
  email?: string | null,
];

/** Who is who is known: rows of one person share the first word. */
const LABELLED: Row[] = [
  ['p1', 'Katherine', 'Brown', 'Larkspur Dental', '+15035550101', 'kate@larkspur.example'],
  ['p1', 'Catherine', 'Brown', 'Larkspur Dental Inc.', null, null],
  ['p2', 'José', 'Núñez', 'Quist Roofing', null, 'jose@quist.example'],
  ['p2', 'Jose', 'Nunez', 'Quist Roofing LLC', '+15035550102', null],
  ['p3', 'Sophia', 'Marroquín', 'Fontaine & Daughters', null, null],
  ['p3', 'Sofia', 'Marroquin', 'Fontaine and Daughters', null, null],
  ['p4', 'John', 'Smith', 'Harrow Architects', '+15035550103', null],
  ['p4', 'J', 'Smith', 'Harrow Architects', null, 'js@harrow.example'],
  ['p5', 'Joan', 'Smith', 'Harrow Architects', '+15035550104', 'joan@harrow.example'],
  ['p6', 'Tomasz', 'Wiśniewski', 'Cascade Heat Pumps', null, null],
  ['p6', 'Wisniewski', 'Tomasz', 'Cascade Heat Pumps', null, null],
  ['p7', 'Philippa', 'Eastwood', 'Ndlovu Imports', '+15035550105', null],
  ['p7', 'Phillipa', 'Eastwood', 'Ndlovu Imports', '+15035550105', null],
  ['p8', 'Ruben', 'Castellanos', null, null, 'ruben@example.org'],
  ['p8', null, null, null, null, 'Ruben@example.org'],
  ['p9', 'Ingrid', 'Halvorsen', 'Nordlys', '+4790000001', null],
  ['p9', null, null, null, '+4790000001', null],
  ['p10', 'Leopold', 'Winterbourne', 'Kestrel & Co', null, null],
  ['p10', 'Leopold', 'Winterborne', 'Kestrel Company', null, null],
  ['p11', 'Mateus', 'Figueiredo', null, '+15035550111', null],
  ['p11', 'Mateus', 'Figueiredo', 'Aldous Ltd', null, null],
  ['p12', 'Maria', 'Silva', 'Padaria Central', '+5511900000001', 'maria@central.example'],
  ['p13', 'Marina', 'Silva', 'Padaria Central', '+5511900000002', 'marina@central.example'],
  ['p14', 'Anna', 'Meyer', 'Blumen Meyer', null, null],
  ['p15', 'Peter', 'Meyer', 'Blumen Meyer', null, null],
  ['p16', 'John', 'Smith', 'Quist Roofing', '+15035550116', 'john@quist.example'],
  ['p17', 'Yusuf', 'Karadağ', 'Bosporus Foods', null, null],
  ['p18', 'Yusuf', 'Karaca', 'Bosporus Foods', null, null],
  ['p19', 'Nia', 'Abernathy', 'Larkspur Dental', null, null],
  ['p20', 'Mia', 'Abernathy', 'Larkspur Dental', null, null],
  ['p21', 'Oksana', 'Hrytsenko', 'Sunflower', null, null],
  ['p21', 'Oxana', 'Hrytsenko', 'Sunflower GmbH', null, null],
  ['p22', 'Stephen', 'Aldous', 'Harrow Architects', null, null],
  ['p22', 'Stefen', 'Aldous', 'Harrow Architects', null, null],
  ['p23', 'Desmond', 'Oyelaran', 'Palm Oils', '+2348000000001', null],
  ['p24', 'Folake', 'Oyelaran', 'Palm Oils', '+2348000000001', null],
  ['p25', null, null, 'Larkspur Dental', null, null],
  ['p26', null, null, 'Larkspur Dental', null, null],
];
const faces = (rows: Row[]): DuplicateFace[] =>
  rows.map(([person, firstName, lastName, company, phone = null, email = null], i) => ({
    id: `${person}/${i}`,
    firstName,
    lastName,
    company,
    phone,
    email,
  }));
const isOne = ({ a, b }: Pick<DuplicatePair, 'a' | 'b'>) => a.split('/')[0] === b.split('/')[0];

function search(people: readonly DuplicateFace[]): { pairs: DuplicatePair[]; shares: number[] } {
  const running = findDuplicates(people);
  const shares: number[] = [];
  for (;;) {
    const step = running.next();
    if (step.done) return { pairs: step.value, shares };
    shares.push(step.value);
  }
}

test('of a labelled set every duplicate is found, and all that is sure is one but for an initial that fits two', () => {
  const people = faces(LABELLED);
  const sure = search(people).pairs.filter(({ certainty }) => certainty >= 0.5);
  const labelled = people.flatMap((a, i) => people.slice(i + 1).filter((b) => isOne({ a: a.id, b: b.id })));
  const wrong = sure.filter((pair) => !isOne(pair)).map(({ a, b }) => [a, b]);
  // J. Smith may be John, who he is, or Joan of the same firm.
  expect(wrong).toEqual([['p4/7', 'p5/8']]);
  expect(sure.filter(isOne)).toHaveLength(labelled.length);
});

test('the same phone or address comes before names alone, and two names at one number come last', () => {
  const { pairs } = search(faces(LABELLED));
  expect(pairs.map(({ certainty }) => certainty)).toEqual(
    pairs.map(({ certainty }) => certainty).toSorted((a, b) => b - a),
  );
  expect(pairs[0]).toMatchObject({ because: 'phone', a: 'p7/11', b: 'p7/12' });
  expect(pairs.at(-1)).toMatchObject({ because: 'phone', certainty: 0.4 });
});

test('a pair is told once, in the order it was given, whatever it has in common', () => {
  const twin = ['one', 'Grace', 'Hopper', 'Navy', '+15035550100', 'g@navy.example'] satisfies Row;
  expect(search(faces([twin, twin])).pairs).toEqual([{ a: 'one/0', b: 'one/1', because: 'phone', certainty: 1 }]);
});

test.each([
  ['martha', 'marhta', 0.961],
  ['dixon', 'dicksonx', 0.813],
  ['dwayne', 'duane', 0.84],
  ['', '', 0],
  ['abc', 'xyz', 0],
])('%s and %s are as like as the literature says', (a, b, like) => {
  expect(likeness(a, b)).toBeCloseTo(like, 2);
  expect(likeness(b, a)).toBeCloseTo(like, 2);
});

test('a hundred thousand contacts are searched in slices, well within ten seconds', () => {
  const letters = 'abdefgiklmnoprstu';
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const word = () => Array.from({ length: 4 + random(5) }, () => letters[random(letters.length)]).join('');
  const [firsts, lasts, firms] = [400, 3_000, 2_000].map((count) => Array.from({ length: count }, word)) as [
    string[],
    string[],
    string[],
  ];
  const people = Array.from({ length: 100_000 }, (_, i): DuplicateFace => ({
    id: `x/${i}`,
    firstName: firsts[random(firsts.length)] ?? null,
    lastName: lasts[random(lasts.length)] ?? null,
    company: random(5) === 0 ? null : (firms[random(firms.length)] ?? null),
    phone: `+1${2_000_000_000 + i}`,
    email: i % 2 === 0 ? `${i}@example.org` : null,
  }));
  people.push(...people.slice(0, 500).map((face, i): DuplicateFace => ({ ...face, id: `y/${i}` })));
  const started = performance.now();
  const { pairs, shares } = search(people);
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(shares.length).toBeGreaterThan(50);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(pairs.filter(({ because }) => because === 'phone')).toHaveLength(500);
});
