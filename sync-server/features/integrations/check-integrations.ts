import type { Pool } from '../../db/pool.ts';
import { inTx } from '../../db/tx.ts';
import type { JobDefinition, JobKind } from '../../jobs/job-definition.ts';
import type { IntegrationKey, Integrations } from '../../ports/integration.ts';
import { healthOf } from './health-of.ts';
import { keepHealth } from './integration-store.ts';

export const CHECK_INTEGRATIONS: JobKind = {
  name: 'integrations.check',
  retryLimit: 0,
  retryDelaySeconds: 60,
  concurrency: 1,
  cron: '*/30 * * * *',
};

/** Looks twice an hour; what changed is told to administrators, what did not is not written. */
export const checkIntegrations = (pool: Pool, integrations: Integrations, now: () => number): JobDefinition => ({
  kind: CHECK_INTEGRATIONS,
  async run() {
    for (const [key, integration] of Object.entries(integrations)) {
      const found = { key: key as IntegrationKey, name: integration.name, health: await healthOf(integration) };
      await inTx(pool, (tx) => keepHealth(tx, found, { tenantId: null, now: now(), isAsked: false }));
    }
  },
});
