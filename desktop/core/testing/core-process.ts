import { startCore } from '../start-core.ts';

/** A core of its own process, for tests that kill it: answers calls of its parent and tells what the core announces. */
const [profileDir = '', serverUrl = ''] = process.argv.slice(2);
const silent = () => {};
const log = { info: silent, warn: silent, error: (detail: unknown, message: string) => console.error(message, detail) };
const core = await startCore({ profileDir, serverUrl, deviceName: 'killed', log });
const tell = (message: unknown) => process.connected && process.send?.(message);

for (const topic of ['sync', 'changed'] as const) core.subscribe(topic, (payload) => tell({ topic, payload }));
process.on('message', (message: { id: number; method: never; args: never } | 'stop') => {
  if (message === 'stop') void core.close().then(() => process.disconnect());
  else void core.call(message.method, message.args).then((reply) => tell({ id: message.id, reply }));
});
// Without its parent it has nothing to do, and must not keep the profile.
process.on('disconnect', () => process.exit());
tell({ topic: 'ready', payload: null });
