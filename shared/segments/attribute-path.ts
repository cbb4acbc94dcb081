/** The keys that a path names, from outside in: `home.city` is two, `a\.b` is one key with a dot. */
export function keysOfPath(path: string): string[] {
  const keys = [''];
  for (let i = 0; i < path.length; i += 1) {
    if (path[i] === '.') keys.push('');
    else {
      if (path[i] === '\\' && i + 1 < path.length) i += 1;
      keys[keys.length - 1] += path[i] ?? '';
    }
  }
  return keys;
}

/** The path of these keys, dots and backslashes of theirs escaped. */
export const pathOfKeys = (keys: readonly string[]): string =>
  keys.map((key) => key.replace(/[.\\]/g, '\\$&')).join('.');

/** The value at a path; null for none. Looks into objects alone, and only at keys of their own: nothing is inherited. */
export function valueAt(attributes: unknown, keys: readonly string[]): unknown {
  let value = attributes;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return null;
    value = (value as Record<string, unknown>)[key];
  }
  return value ?? null;
}
