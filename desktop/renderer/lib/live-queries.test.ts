import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { Bridge, Topic } from '../../../shared/bridge/bridge-contract.ts';
import { connectLiveQueries } from './live-queries.ts';

function connect() {
  const listeners = new Map<Topic, (payload: never) => void>();
  const bridge = {
    subscribe: (topic: Topic, listener: (payload: never) => void) => {
      listeners.set(topic, listener);
      return () => void listeners.delete(topic);
    },
  } as unknown as Bridge;
  const client = new QueryClient();
  const stop = connectLiveQueries(bridge, client);
  const push = (topic: Topic, payload: unknown) => listeners.get(topic)?.(payload as never);
  const isOld = (key: string) => client.getQueryState([key, {}])?.isInvalidated;
  return { client, push, isOld, stop, listeners };
}

test('a change makes old what reads that table, and nothing else', () => {
  const { client, push, isOld } = connect();
  client.setQueryData(['contacts.count', {}], 3);
  client.setQueryData(['tags.list', {}], []);
  push('changed', { tables: ['contacts'] });
  expect(isOld('contacts.count')).toBe(true);
  expect(isOld('tags.list')).toBe(false);
});

test('a query about one row is not asked again for another row', () => {
  const { client, push } = connect();
  const isOld = (id: string) => client.getQueryState(['contacts.get', { id }])?.isInvalidated;
  for (const id of ['a', 'b']) client.setQueryData(['contacts.get', { id }], {});
  push('changed', { tables: ['contacts'], ids: { contacts: ['b'] } });
  expect([isOld('a'), isOld('b')]).toEqual([false, true]);
  push('changed', { tables: ['contacts'] });
  expect(isOld('a')).toBe(true);
});

test('the pushed sync state is the answer to sync.get', () => {
  const { client, push } = connect();
  push('sync', { status: 'offline' });
  expect(client.getQueryData(['sync.get', {}])).toEqual({ status: 'offline' });
});

test('signing out forgets every answer', () => {
  const { client, push } = connect();
  client.setQueryData(['contacts.count', {}], 3);
  push('session', { status: 'signed-out', left: [] });
  expect(client.getQueryData(['contacts.count', {}])).toBeUndefined();
  expect(client.getQueryData(['session.get', {}])).toEqual({ status: 'signed-out', left: [] });
});

test('stopping leaves no listener behind', () => {
  const { stop, listeners } = connect();
  stop();
  expect(listeners.size).toBe(0);
});
