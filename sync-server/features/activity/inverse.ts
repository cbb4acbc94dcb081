import type { Act, BoundVerb } from '../../db/act.ts';

/** How acts are taken back, by the name in their audit row: verbs of the product, and some that only the server has. */
export type Inverses = ReadonlyMap<string, (act: Act, input: unknown) => Promise<unknown>>;

/** The product’s own verbs check what they are given like anybody’s input; the server’s own are called with what the server wrote down. */
export function collectInverses(
  verbs: readonly BoundVerb[],
  own: Readonly<Record<string, (act: Act, input: never) => Promise<unknown>>>,
): Inverses {
  const checked = verbs.map(
    ({ operation, run }) =>
      [operation.name, (act: Act, input: unknown) => run(act, operation.input.parse(input))] as const,
  );
  return new Map([...checked, ...Object.entries(own).map(([name, run]) => [name, run as never] as const)]);
}
