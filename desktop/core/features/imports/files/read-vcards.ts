import ICAL from 'ical.js';
import { OWN_ID_HEADER } from '../../../../../shared/imports/own-headers.ts';
import { OWN_CARDS } from '../../../../../shared/exports/to-vcard.ts';
import { writeSeveral } from '../../../../../shared/imports/read-cell.ts';
import { decodeFile } from './decode-file.ts';
import type { FileHead, KeepRows } from './parse-file.ts';
import { toVersion3 } from './to-version-3.ts';

const PAGE = 1_000;

/** By the header under which it is kept; the headers are those that our own tables have, so that they are recognised. */
const READ: Readonly<Record<string, (card: Card) => string>> = {
  [OWN_ID_HEADER]: (card) => (card.text('prodid') === OWN_CARDS ? card.text('uid').replace(/^urn:uuid:/i, '') : ''),
  'First name': (card) => card.part('n', 1),
  'Last name': (card) => card.part('n', 0),
  'Full name': (card) => (card.part('n', 0) || card.part('n', 1) ? '' : card.text('fn')),
  Company: (card) => card.part('org', 0),
  Phone: (card) => card.all('tel')[0] ?? '',
  'Other phones': (card) => writeSeveral(card.all('tel').slice(1)),
  Email: (card) => card.all('email')[0] ?? '',
  'Other emails': (card) => writeSeveral(card.all('email').slice(1)),
  Tags: (card) => writeSeveral(card.all('categories')),
  Title: (card) => card.text('title'),
  Address: (card) =>
    (card.values('adr')[0] ?? [])
      .map((line) => line.trim())
      .filter(Boolean)
      .join(', '),
  Birthday: (card) => card.text('bday'),
  Website: (card) => card.text('url'),
  Note: (card) => card.text('note'),
  Picture: (card) => (/^https?:/i.test(card.text('photo')) ? card.text('photo') : ''),
  'Time zone': (card) => card.text('tz'),
  Language: (card) => card.text('lang'),
};

/** Cards as a table. Versions 2.1, 3.0 and 4.0 may be mixed, as phones write them. */
export function readVcards(bytes: Uint8Array, keep: KeepRows): FileHead {
  const { text, encoding } = decodeFile(bytes);
  const cards = text.match(/BEGIN:VCARD[\s\S]*?END:VCARD/gi) ?? [];
  const columns = Object.entries(READ);
  const rows = cards.map((card, nth) => ({ row: nth + 1, cells: cellsOf(card, columns) }));
  const used = columns.flatMap(([header], at) => (rows.some(({ cells }) => cells[at]) ? [{ header, at }] : []));
  for (let from = 0; from < rows.length; from += PAGE)
    keep(
      rows.slice(from, from + PAGE).map(({ row, cells }) => ({ row, cells: used.map(({ at }) => cells[at] ?? '') })),
    );
  return { format: 'vCard', encoding, delimiter: '', headers: used.map(({ header }) => header) };
}

/** A card that cannot be read is an empty row: it is named among those that cannot be imported. */
function cellsOf(text: string, columns: [string, (card: Card) => string][]): string[] {
  try {
    const card = new Card(new ICAL.Component(ICAL.parse(toVersion3(text)) as unknown[]));
    return columns.map(([, read]) => read(card).trim());
  } catch {
    return columns.map(() => '');
  }
}

class Card {
  private readonly card: ICAL.Component;

  constructor(card: ICAL.Component) {
    this.card = card;
  }

  /** Every value of every property of this name, parts of structured ones by themselves. */
  values(name: string): string[][] {
    // Phones write groups, `item1.TEL`.
    const wanted = this.card.getAllProperties().filter((property) => property.name.replace(/^[^.]*\./, '') === name);
    return wanted.flatMap((property) => property.getValues().map(partsOf));
  }

  all(name: string): string[] {
    return this.values(name)
      .map(([first = '']) => first.replace(/^(tel|mailto):/i, '').trim())
      .filter(Boolean);
  }

  text(name: string): string {
    return this.all(name)[0] ?? '';
  }

  part(name: string, at: number): string {
    return (this.values(name)[0] ?? [])[at] ?? '';
  }
}

const partsOf = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.map((part: unknown) => (Array.isArray(part) ? part.join(' ') : String(part)))
    : [String(value)];
