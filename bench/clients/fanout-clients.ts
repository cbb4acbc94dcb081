import { ProtocolClient } from '../../sync-server/shapes/testing/protocol-client.ts';

// The clients of `bench fanout`, in a process of their own: plain long polls of the official protocol, each its own connection.
// Parent says what to follow; this says when everybody is up to date, and for every mark how long it took to each client.
export type FanoutOrder = { readonly url: string; readonly headers: Record<string, string>; readonly clients: number };
export type FanoutNews =
  | { readonly kind: 'ready' }
  /** Every client has the change marked `mark`; `delays` are milliseconds since the mark's own time, a client each. */
  | { readonly kind: 'all'; readonly mark: string; readonly delays: readonly number[] };

const tell = (news: FanoutNews) => process.send?.(news);
const now = () => performance.timeOrigin + performance.now();

process.once('message', (order: FanoutOrder) => void follow(order));
process.once('disconnect', () => process.exit(0));

async function follow({ url, headers, clients }: FanoutOrder): Promise<void> {
  const delays = new Map<string, number[]>();
  const everybody = Array.from({ length: clients }, () => new ProtocolClient(url, { columns: 'id,company' }, headers));
  await Promise.all(everybody.map((client) => client.until(({ upToDate }) => upToDate)));
  // They hold no rows: what is measured is the server.
  for (const client of everybody) client.rows.clear();
  tell({ kind: 'ready' });
  await Promise.all(
    everybody.map(async (client) => {
      for (;;) {
        const { messages } = await client.ask();
        const arrived = now();
        client.rows.clear();
        for (const { value } of messages) {
          const [, mark, sentAt] = /^(\w+)@([\d.]+)$/.exec(value?.['company'] ?? '') ?? [];
          if (mark === undefined) continue;
          const seen = delays.get(mark) ?? [];
          delays.set(mark, seen);
          seen.push(arrived - Number(sentAt));
          if (seen.length < clients) continue;
          delays.delete(mark);
          tell({ kind: 'all', mark, delays: seen });
        }
      }
    }),
  );
}
