import { relationOf, type ShapeDefinition, type TextRow } from '../shape-definition.ts';

/** A shape with more combinations of its IN lists than this is looked up by its plain equalities alone. */
const MOST_COMBINATIONS = 256;

type Indexed = { readonly definition: ShapeDefinition };
type Group<Shape> = { readonly columns: readonly string[]; readonly byValues: Map<string, Set<Shape>> };

const toKey = (values: readonly (string | null)[]): string => JSON.stringify(values);

/**
 * Finds the shapes that a changed row may belong to by one map lookup per set of columns that shapes of its table compare for equality.
 * So the cost of a change depends on how many kinds of shapes a table has, not on how many shapes of a kind live.
 */
export class ShapeIndex<Shape extends Indexed> {
  private readonly tables = new Map<string, Map<string, Group<Shape>>>();

  add(shape: Shape): void {
    const { group, keys } = this.place(shape.definition);
    for (const key of keys) {
      const shapes = group.byValues.get(key) ?? new Set();
      group.byValues.set(key, shapes.add(shape));
    }
  }

  remove(shape: Shape): void {
    const { group, keys } = this.place(shape.definition);
    for (const key of keys) {
      const shapes = group.byValues.get(key);
      shapes?.delete(shape);
      if (shapes?.size === 0) group.byValues.delete(key);
    }
    const groups = this.tables.get(relationOf(shape.definition));
    if (group.byValues.size === 0) groups?.delete(group.columns.join('\n'));
  }

  /** Shapes of the table that one of these rows may belong to. Conditions other than equality are still to be looked at. */
  candidates(relation: string, rows: readonly TextRow[]): Set<Shape> {
    const found = new Set<Shape>();
    for (const { columns, byValues } of this.tables.get(relation)?.values() ?? [])
      for (const row of rows)
        for (const shape of byValues.get(toKey(columns.map((column) => row[column] ?? null))) ?? []) found.add(shape);
    return found;
  }

  /** Every shape of a table. */
  ofTable(relation: string): Set<Shape> {
    const groups = [...(this.tables.get(relation)?.values() ?? [])];
    return new Set(groups.flatMap(({ byValues }) => [...byValues.values()].flatMap((shapes) => [...shapes])));
  }

  private place(definition: ShapeDefinition): { group: Group<Shape>; keys: string[] } {
    const equal = new Map<string, readonly string[]>();
    let combinations = 1;
    for (const condition of definition.where) {
      const values = 'value' in condition ? [condition.value] : 'in' in condition ? condition.in : null;
      if (!values || equal.has(condition.column) || combinations * values.length > MOST_COMBINATIONS) continue;
      combinations *= values.length;
      equal.set(condition.column, [...new Set(values)]);
    }
    const columns = [...equal.keys()].toSorted();
    const relation = relationOf(definition);
    const groups = this.tables.get(relation) ?? new Map<string, Group<Shape>>();
    this.tables.set(relation, groups);
    const name = columns.join('\n');
    const group = groups.get(name) ?? { columns, byValues: new Map<string, Set<Shape>>() };
    groups.set(name, group);
    const rows = columns.reduce<string[][]>(
      (all, column) => all.flatMap((row) => (equal.get(column) ?? []).map((value) => [...row, value])),
      [[]],
    );
    return { group, keys: rows.map(toKey) };
  }
}
