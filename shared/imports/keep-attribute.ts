import { toSearchText } from '../kernel/search-text.ts';
import type { ImportSetup, NameIndex } from './import-setup.ts';
import { readMoment, readYesNo } from './read-cell.ts';

const LONGEST = 32_767;
type Definition = ImportSetup['attributes'][number];

/**
 * Puts a cell under these keys, from outside in, of the type that the workspace defined for the first of them. Answers what is wrong with
 * it, or null. Names that objects have by nature are names like any other.
 */
export function keepAttribute(
  attributes: Record<string, unknown>,
  keys: readonly string[],
  text: string,
  { attribute }: NameIndex,
): string | null {
  if (text.length > LONGEST) return `Longer than ${LONGEST} characters.`;
  const [first = '', ...inner] = keys.map((key) => key.slice(0, 100));
  const definition = attribute.get(toSearchText(first));
  const value = inner.length === 0 && definition ? toType(definition, text) : text;
  if (value === undefined) return PROBLEM[definition?.type ?? ''] ?? 'That does not fit.';
  let place = attributes;
  const path = [definition?.key ?? first, ...inner];
  for (const key of path.slice(0, -1)) {
    const next = Object.hasOwn(place, key) ? place[key] : undefined;
    if (typeof next === 'object' && next !== null) place = next as Record<string, unknown>;
    else place = define(place, key, {}) as Record<string, unknown>;
  }
  define(place, path.at(-1) ?? '', value);
  return null;
}

const PROBLEM: Readonly<Record<string, string>> = {
  number: 'That is not a number.',
  date: 'That is not a date.',
  choice: 'That is not one of the choices.',
  boolean: 'Neither yes nor no.',
};

/** Undefined where it does not fit. */
function toType({ type, choices }: Definition, text: string): unknown {
  switch (type) {
    case 'number': {
      const number = Number(text.replace(/[\s\u00a0]/g, ''));
      return Number.isFinite(number) ? number : undefined;
    }
    case 'date': {
      const at = readMoment(text, '');
      return at === null ? undefined : new Date(at).toISOString().slice(0, 10);
    }
    case 'choice':
      return choices?.find((choice) => toSearchText(choice) === toSearchText(text));
    case 'boolean':
      return readYesNo(toSearchText(text)) ?? undefined;
    default:
      return text;
  }
}

/** `__proto__` is assigned like any other key. */
function define(place: Record<string, unknown>, key: string, value: unknown): unknown {
  Object.defineProperty(place, key, { value, enumerable: true, configurable: true, writable: true });
  return value;
}
