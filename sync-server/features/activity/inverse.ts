import type { Role } from '../../../shared/protocol/role.ts';
import type { Act, BoundVerb } from '../../db/act.ts';

/** How acts are taken back: verbs of the product, and some that only the server has. */
export type Inverses = {
  /** By the name in the act's audit row. */
  readonly runs: ReadonlyMap<string, (act: Act, input: unknown) => Promise<unknown>>;
  /** What it took to do an act of that name; none for what is no operation of the product. */
  readonly roles: ReadonlyMap<string, Role>;
};

/** The product’s own verbs check what they are given like anybody’s input; the server’s own are called with what the server wrote down. */
export function collectInverses(
  verbs: readonly BoundVerb[],
  own: Readonly<Record<string, (act: Act, input: never) => Promise<unknown>>>,
): Inverses {
  const checked = verbs.map(
    ({ operation, run }) =>
      [operation.name, (act: Act, input: unknown) => run(act, operation.input.parse(input))] as const,
  );
  return {
    runs: new Map([...checked, ...Object.entries(own).map(([name, run]) => [name, run as never] as const)]),
    roles: new Map(verbs.map(({ operation: { name, role } }) => [name, role])),
  };
}
