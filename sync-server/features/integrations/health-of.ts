import { setTimeout as wait } from 'node:timers/promises';
import type { Health, Integration } from '../../ports/integration.ts';

const LIMIT_MS = 5_000;

/** How an integration stands. One that does not answer in time does not work, for whoever waits. */
export async function healthOf(integration: Integration, limitMs = LIMIT_MS): Promise<Health> {
  const { mode } = integration;
  const late: Health = {
    mode,
    ok: false,
    message: 'No answer in time. Check the connection of the server, then look again.',
  };
  const answered = new AbortController();
  const limit = wait(limitMs, late, { signal: answered.signal });
  // Called off, it has nothing to say.
  limit.catch(() => {});
  try {
    return await Promise.race([integration.health(), limit]);
  } finally {
    answered.abort();
  }
}
