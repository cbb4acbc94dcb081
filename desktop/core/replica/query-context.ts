import type { ArgsOf, Queries, ResultOf } from '../../../shared/bridge/bridge-contract.ts';
import type { ReadConnection } from './read-connection.ts';

/** What a query may look at. */
export type QueryContext = { db: ReadConnection; now: () => number; me: { userId: string; deviceId: string } };

/** The answering side of the named queries. */
export type Answers<Name extends keyof Queries> = {
  [N in Name]: (context: QueryContext, args: ArgsOf<N>) => ResultOf<N>;
};
