type Placed = { displayOrder: number };

/** The list with one of it at another place. */
export const moved = <One>(list: readonly One[], from: number, to: number): One[] => {
  const [one] = list.slice(from, from + 1);
  return one === undefined ? [...list] : list.toSpliced(from, 1).toSpliced(to, 0, one);
};

/** Those of a list, in the order it is to have, whose place has to change: gaps and ties of before are mended on the way. */
export const placesToTell = <One extends Placed>(list: readonly One[]): { one: One; displayOrder: number }[] =>
  list.flatMap((one, displayOrder) => (one.displayOrder === displayOrder ? [] : [{ one, displayOrder }]));

/** Behind all that are there. */
export const lastPlace = (list: readonly Placed[]): number =>
  list.reduce((last, { displayOrder }) => Math.max(last, displayOrder + 1), 0);
