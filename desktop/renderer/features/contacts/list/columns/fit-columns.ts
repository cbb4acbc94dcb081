import type { ListView } from './list-view.ts';
import type { ListColumn } from './list-columns.tsx';

/** A growing column gets no narrower than this share of its width. */
const LEAST = 0.75;
/** The gutter with the mark of what is not saved yet, and the box that chooses. */
const PICK_PX = 44;
const MENU_PX = 32;

export type FittedColumn = ListColumn & { chosenPx: number | null };

/** Names, scores and stages stay longest where room is short; the longest texts go first. */
const YIELDS = ['email', 'lastMessage', 'tags', 'company', 'page', 'owner', 'revenue', 'platforms', 'avatar', 'phone'];

/** The columns of a view for which there is room, in their order, and the grid they make. The name always stays. */
export function fitColumns(
  all: readonly ListColumn[],
  chosen: ListView['columns'],
  widthPx: number,
): { columns: FittedColumn[]; template: string } {
  let columns = chosen.flatMap(({ key, px }) => {
    const column = all.find((one) => one.key === key);
    return column ? [{ ...column, chosenPx: px ?? null }] : [];
  });
  const least = ({ chosenPx, grows, px }: FittedColumn) => chosenPx ?? (grows ? px * LEAST : px);
  const needed = () => columns.reduce((sum, column) => sum + least(column), PICK_PX + MENU_PX);
  const order = [...YIELDS, ...columns.map(({ key }) => key).toReversed()];
  for (const key of order) {
    if (needed() <= widthPx || columns.length === 1) break;
    if (key !== 'name') columns = columns.filter((column) => column.key !== key);
  }
  const grower = columns.some(({ grows, chosenPx }) => grows && chosenPx === null);
  const tracks = columns.map((column) => {
    if (column.chosenPx !== null) return `${column.chosenPx}px`;
    if (column.grows || (!grower && column.key === 'name'))
      return `minmax(${Math.round(least(column))}px, ${column.px}fr)`;
    return `${column.px}px`;
  });
  const rest = grower || columns.some(({ key, chosenPx }) => key === 'name' && chosenPx === null) ? '' : ' 1fr';
  return { columns, template: `${PICK_PX}px ${tracks.join(' ')}${rest} ${MENU_PX}px` };
}
