import type { QueryClient } from '@tanstack/react-query';
import { QUERY_READS, type Bridge, type Queries } from '../../../shared/bridge/bridge-contract.ts';

const isQueryName = (name: unknown): name is keyof Queries => typeof name === 'string' && name in QUERY_READS;

/** Keeps every answer on screen true: a change of a table makes the answers that read it old, and they are asked again. */
export function connectLiveQueries(bridge: Bridge, client: QueryClient): () => void {
  const stops = [
    bridge.subscribe('changed', ({ tables }) => {
      const changed = new Set<string>(tables);
      void client.invalidateQueries({
        predicate: ({ queryKey: [name] }) =>
          isQueryName(name) && QUERY_READS[name].some((table: string) => changed.has(table)),
      });
    }),
    bridge.subscribe('sync', (state) => client.setQueryData(['sync.get', {}], state)),
    bridge.subscribe('session', (state) => {
      if (state.status === 'signed-out')
        client.removeQueries({ predicate: ({ queryKey: [n] }) => n !== 'session.get' });
      client.setQueryData(['session.get', {}], state);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
