import * as operations from '../../../shared/workspace/settings-operations.ts';
import { bindPrepared, type BoundVerb, type PreparedVerb } from '../../db/act.ts';
import type { Health, Integrations } from '../../ports/integration.ts';
import { healthOf } from './health-of.ts';
import { keepHealth } from './integration-store.ts';

type Sent = { accepted: boolean; message: string | null };

export function createIntegrationVerbs(integrations: Integrations): BoundVerb[] {
  const check: PreparedVerb<typeof operations.checkIntegration, Health> = {
    prepare: (_look, { key }) => healthOf(integrations[key]),
    async run({ tx, tenantId, now, audit }, { key }, health) {
      const { name } = integrations[key];
      await keepHealth(tx, { key, name, health }, { tenantId, now, isAsked: true });
      audit({ action: 'integrations.check', entity: 'integration', entityId: null, after: { key, ...health } });
      return health;
    },
  };
  const test: PreparedVerb<typeof operations.testIntegration, Sent> = {
    prepare: (look, { key, to }) => integrations[key].sendTest(look, to),
    async run({ audit }, { key }, sent) {
      const after = { key, accepted: sent.accepted };
      audit({ action: 'integrations.test', entity: 'integration', entityId: null, after });
      return sent;
    },
  };
  return [bindPrepared(operations.checkIntegration, check), bindPrepared(operations.testIntegration, test)];
}
