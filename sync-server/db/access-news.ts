import pg from 'pg';
import { z } from 'zod';

const news = z.object({ tenantId: z.uuid(), userId: z.uuid().nullable() });

/** Whose access has changed, or with no person everybody's of a workspace; null when news may have been missed, so that anybody's may have. */
export type AccessNews = z.output<typeof news> | null;

const AGAIN_MS = 1_000;

/**
 * Hears from the database, right after the commit, that somebody's role, sessions, devices or tokens changed, whichever process did it
 * (triggers of migrations 0005 and 0009). A connection that is lost is made again. Resolves when it listens.
 */
export async function listenForAccess(
  databaseUrl: string,
  onNews: (news: AccessNews) => void,
): Promise<{ close: () => Promise<void> }> {
  let closed = false;
  let client: pg.Client | null = null;
  let again: NodeJS.Timeout | undefined;

  const later = () => {
    clearTimeout(again);
    if (!closed) again = setTimeout(() => void listen().catch(later), AGAIN_MS);
  };
  async function listen(): Promise<void> {
    const next = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'switchboard access',
      keepAlive: true,
    });
    let lost = false;
    next.on('error', () => undefined);
    next.on('end', () => {
      if (lost || closed) return;
      lost = true;
      onNews(null);
      later();
    });
    next.on('notification', ({ payload }) => onNews(news.safeParse(JSON.parse(payload ?? 'null')).data ?? null));
    await next.connect();
    await next.query('listen switchboard_access');
    client = next;
    onNews(null);
    if (closed) await next.end();
  }

  await listen();
  return {
    async close() {
      closed = true;
      clearTimeout(again);
      await client?.end().catch(() => undefined);
    },
  };
}
