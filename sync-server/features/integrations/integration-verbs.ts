import * as operations from '../../../shared/workspace/settings-operations.ts';
import { bindVerb, type BoundVerb, type Verb } from '../../db/act.ts';
import type { Integrations } from '../../ports/integration.ts';
import { keepHealth } from './integration-store.ts';

export function createIntegrationVerbs(integrations: Integrations): BoundVerb[] {
  const check: Verb<typeof operations.checkIntegration> = async (act, { key }) => {
    const { tx, tenantId, now } = act;
    const { name } = integrations[key];
    const health = await integrations[key].health();
    await keepHealth(tx, { key, name, health }, { tenantId, now, isAsked: true });
    act.audit({ action: 'integrations.check', entity: 'integration', entityId: null, after: { key, ...health } });
    return health;
  };
  const test: Verb<typeof operations.testIntegration> = async (act, { key, to }) => {
    const outcome = await integrations[key].sendTest(act, to);
    act.audit({
      action: 'integrations.test',
      entity: 'integration',
      entityId: null,
      after: { key, accepted: outcome.accepted },
    });
    return outcome;
  };
  return [bindVerb(operations.checkIntegration, check), bindVerb(operations.testIntegration, test)];
}
