import { contactsTable } from '../shared/contacts/contact-columns.ts';
import { toColumnName } from '../shared/protocol/synced-table.ts';
import { atMost, percentile, told, type Metric } from './metric.ts';
import { signInForShapes, walkShape } from './shape-session.ts';
import { startSeededServer } from './stack.ts';

const CONTACTS = 100_000;
const WALKS = 5;
const ALL_COLUMNS = Object.keys(contactsTable.columns).map(toColumnName);
/** The real Electric service (1.7.12) on this class of machine, the same rows in 75 MB: we want to be within 1.5 times of it. */
const ELECTRIC = { coldSeconds: 2.81, warmSeconds: 0.82 };

/** The shape log alone: 100,000 contacts over plain HTTP, nobody parsing. Cold makes the snapshot, warm reads its files. */
export async function run(): Promise<Metric[]> {
  const { server } = await startSeededServer(CONTACTS);
  const headers = await signInForShapes(server.url);
  const walk = async (columns: readonly string[]) => {
    const started = performance.now();
    const bytes = await walkShape(`${server.url}/api/shapes/contacts`, headers, columns.join(','));
    return { seconds: (performance.now() - started) / 1000, bytes };
  };
  const cold: number[] = [];
  let bytes = 0;
  // Another list of columns is another shape: each of these is cold. The last has them all.
  for (const columns of [ALL_COLUMNS.slice(0, -2), ALL_COLUMNS.slice(0, -1), ALL_COLUMNS]) {
    const { seconds, bytes: came } = await walk(columns);
    cold.push(seconds);
    bytes = came;
  }
  const warm: number[] = [];
  for (let i = 0; i < WALKS; i += 1) warm.push((await walk(ALL_COLUMNS)).seconds);
  await server.stop();
  return [
    atMost('100k contacts through the shape log, cold', 's', percentile(cold, 0.5), 1.5 * ELECTRIC.coldSeconds),
    atMost('100k contacts through the shape log, warm', 's', percentile(warm, 0.5), 1.5 * ELECTRIC.warmSeconds),
    told('bytes of it', 'MB', bytes / 1e6),
  ];
}
