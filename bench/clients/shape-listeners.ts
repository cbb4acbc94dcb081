import { SYNCED_TABLES } from '../../shared/catalog/synced-tables.ts';
import { must } from '../../shared/kernel/must.ts';
import { signInByHttp } from '../stack.ts';

// A process of its own that follows every shape as so many desktops do, and only listens: `node shape-listeners.ts URL COUNT`.
const [url = '', count = '1'] = process.argv.slice(2);

/** Long-polls one shape for ever, as the protocol has it. Calls `onLive` when it has caught up. */
async function follow(name: string, token: string, onLive: () => void): Promise<void> {
  let query = 'offset=-1';
  let isLive = false;
  for (;;) {
    const answer = await fetch(`${url}/api/shapes/${name}?${query}`, { headers: { authorization: `Bearer ${token}` } });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    if (answer.headers.has('electric-up-to-date') && !isLive) {
      isLive = true;
      onLive();
    }
    const header = (key: string) => encodeURIComponent(must(answer.headers.get(key), key));
    query = `offset=${header('electric-offset')}&handle=${header('electric-handle')}${isLive ? `&live=true&cursor=${answer.headers.get('electric-cursor') ?? ''}` : ''}`;
  }
}

const desktops: Promise<unknown>[] = [];
for (let i = 0; i < Number(count); i += 1) {
  // One after the other, as people come: many passwords at once look like guessing.
  const token = await signInByHttp(url);
  desktops.push(
    Promise.all(
      SYNCED_TABLES.map(
        ({ name }) => new Promise<void>((resolve, reject) => void follow(name, token, resolve).catch(reject)),
      ),
    ),
  );
}
await Promise.all(desktops);
process.send?.('all are live');
