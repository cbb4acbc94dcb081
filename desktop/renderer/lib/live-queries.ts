import type { QueryClient } from '@tanstack/react-query';
import {
  QUERY_READS,
  QUERY_ROWS,
  type Bridge,
  type Queries,
  type Topics,
} from '../../../shared/bridge/bridge-contract.ts';

const isQueryName = (name: unknown): name is keyof Queries => typeof name === 'string' && name in QUERY_READS;

/** Answers that do not change with who is signed in. */
const OF_THE_HOST = new Set(['session.get', 'host.get', 'update.state', 'accounts.list', 'connection.get']);

/** Whether only rows of the table changed that this query does not ask about. */
function isAboutOtherRows({ ids }: Topics['changed'], name: keyof Queries, args: unknown, table: string): boolean {
  const argument = (QUERY_ROWS[name] as Record<string, string> | undefined)?.[table];
  const changedIds = (ids as Record<string, string[]> | undefined)?.[table];
  if (argument === undefined || changedIds === undefined) return false;
  return !changedIds.includes(String((args as Record<string, unknown>)[argument]));
}

/** Keeps every answer on screen true: a change of a table makes the answers that read it old, and they are asked again. */
export function connectLiveQueries(bridge: Bridge, client: QueryClient): () => void {
  const stops = [
    bridge.subscribe('changed', (change) => {
      const changed = new Set<string>(change.tables);
      void client.invalidateQueries({
        predicate: ({ queryKey: [name, args] }) =>
          isQueryName(name) &&
          QUERY_READS[name].some((table) => changed.has(table) && !isAboutOtherRows(change, name, args, table)),
      });
    }),
    bridge.subscribe('host', (event) => {
      if (event.kind === 'facts') client.setQueryData(['host.get', {}], event.facts);
      if (event.kind === 'update') client.setQueryData(['update.state', {}], event.update);
      if (event.kind === 'accounts') client.setQueryData(['accounts.list', {}], event.accounts);
      if (event.kind === 'connection') client.setQueryData(['connection.get', {}], event.connection);
    }),
    bridge.subscribe('sync', (state) => client.setQueryData(['sync.get', {}], state)),
    bridge.subscribe('session', (state) => {
      if (state.status === 'signed-out')
        client.removeQueries({ predicate: ({ queryKey: [n] }) => !OF_THE_HOST.has(String(n)) });
      client.setQueryData(['session.get', {}], state);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
