import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWebSocketBridge } from './web-socket-bridge.ts';

/** The other end of the line, played by the test. */
class FakeSocket extends EventTarget {
  readonly sent: { id: number; method: string; args: unknown }[] = [];

  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  push(frame: unknown) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function openBridge() {
  const sockets: FakeSocket[] = [];
  const bridge = createWebSocketBridge('ws://test/bridge', () => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket;
  });
  const line = () => sockets.at(-1) as FakeSocket;
  return { bridge, sockets, line, open: () => line().dispatchEvent(new Event('open')) };
}

test('a call made while connecting is sent once the line is open and gets its reply', async () => {
  const { bridge, line, open } = openBridge();
  const reply = bridge.call('contacts.count', {});
  expect(line().sent).toEqual([]);
  open();
  const [frame] = line().sent;
  expect(frame).toMatchObject({ method: 'contacts.count', args: {} });
  line().push({ id: frame?.id, reply: { data: 3 } });
  expect(await reply).toEqual({ data: 3 });
});

test('calls in flight when the line breaks answer unavailable, and so do calls until it is back', async () => {
  const { bridge, line, open } = openBridge();
  open();
  const inFlight = bridge.call('contacts.count', {});
  line().dispatchEvent(new Event('close'));
  expect(await inFlight).toMatchObject({ error: { code: 'unavailable' } });
  expect(await bridge.call('contacts.count', {})).toMatchObject({ error: { code: 'unavailable' } });
  expect(bridge.connection?.isUp()).toBe(false);
});

test('it reconnects by itself, later each time, and then says that everything may have changed', () => {
  const { bridge, sockets, line, open } = openBridge();
  const changed = vi.fn();
  bridge.subscribe('changed', changed);
  open();
  line().dispatchEvent(new Event('close'));
  vi.advanceTimersByTime(250);
  expect(sockets).toHaveLength(2);
  line().dispatchEvent(new Event('close'));
  vi.advanceTimersByTime(250);
  expect(sockets).toHaveLength(2);
  vi.advanceTimersByTime(250);
  expect(sockets).toHaveLength(3);
  open();
  expect(changed).toHaveBeenCalledOnce();
  expect(line().sent.map(({ method }) => method)).toEqual(['session.get', 'sync.get']);
});

test('pushes reach those who subscribed, until they leave', () => {
  const { bridge, line, open } = openBridge();
  open();
  const changed = vi.fn();
  const stop = bridge.subscribe('changed', changed);
  line().push({ topic: 'changed', payload: { tables: ['notes'] } });
  stop();
  line().push({ topic: 'changed', payload: { tables: ['notes'] } });
  expect(changed.mock.calls).toEqual([[{ tables: ['notes'] }]]);
});
