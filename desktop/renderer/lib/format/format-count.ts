const numbers = new Intl.NumberFormat('en-US');

/** Exact, with separators: `248,312`. */
export const formatCount = (count: number): string => numbers.format(count);

/** `1 change`, `4 changes`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
