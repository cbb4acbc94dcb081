import { afterEach, beforeEach, expect, test } from 'vitest';
import { findOperation } from '../../../../shared/catalog/operations.ts';
import { must } from '../../../../shared/kernel/must.ts';
import { openReplica, type Replica } from '../../replica/open-replica.ts';
import { readConnectionOver } from '../../replica/read-connection.ts';
import { writeLocally } from '../../sync/local-write.ts';
import { readContactSetup } from './contact-setup.ts';

const [PIPELINE, STAGE, STATUS, AUTOMATION, GROUP] = [1, 2, 3, 4, 5].map(
  (i) => `00000000-0000-7000-8000-00000000000${i}`,
) as [string, string, string, string, string];

let replica: Replica;
beforeEach(() => {
  replica = openReplica(':memory:');
});
afterEach(() => replica.close());

let writes = 0;
/** As a person does it without a line. */
function act(name: string, given: unknown): void {
  const operation = must(findOperation(name), name);
  const input = operation.input.parse(given);
  const patches = operation.patches?.(input, { now: 1, userId: 'u', tenantId: 't' }) ?? [];
  const writeId = `w${(writes += 1)}`;
  writeLocally(replica, { writeId, name, input, madeAt: 1, unit: writeId, patches, marks: [] });
}
const setup = () => readContactSetup(readConnectionOver(replica.db));

test('what a workspace sets up for its contacts can be made and changed without a line', () => {
  act('pipelines.create', { id: PIPELINE, name: 'Renewals' });
  act('stages.create', { id: STAGE, pipelineId: PIPELINE, name: 'First' });
  act('leadStatuses.create', { id: STATUS, name: 'Demo réservée', color: '#3B6FD4' });
  act('groups.create', { id: GROUP, name: 'Golfers' });
  const automation = {
    id: AUTOMATION,
    name: 'Cool down',
    triggerType: 'TIME_BASED',
    fromStatus: 'Demo réservée',
    timeValue: 3,
    timeUnit: 'DAYS',
    targetStatus: 'NEW',
    conditions: { tags: ['vip'] },
  };
  act('statusAutomations.create', automation);
  act('statusAutomations.update', { ...automation, name: 'Cool down soon', isActive: true, existing: 'from_now' });
  act('stages.update', {
    id: STAGE,
    pipelineId: PIPELINE,
    name: 'Second',
    displayOrder: 3,
    probability: 20,
    color: null,
  });
  expect(setup()).toEqual({
    statuses: [
      {
        id: STATUS,
        key: 'demo_reservee',
        name: 'Demo réservée',
        description: null,
        color: '#3b6fd4',
        displayOrder: 10_000,
        isActive: true,
        isSystem: false,
        metadata: null,
      },
    ],
    automations: [
      {
        id: AUTOMATION,
        name: 'Cool down soon',
        triggerType: 'TIME_BASED',
        fromStatus: 'demo_reservee',
        timeValue: 3,
        timeUnit: 'DAYS',
        triggerStatus: null,
        targetStatus: 'new',
        conditions: { rule: { field: 'tags', op: 'any', names: ['vip'] }, campaignIds: [], journeyIds: [] },
        isActive: true,
      },
    ],
    pipelines: [{ id: PIPELINE, name: 'Renewals', displayOrder: 0 }],
    stages: [{ id: STAGE, pipelineId: PIPELINE, name: 'Second', displayOrder: 3, probability: 20, color: null }],
    groups: [{ id: GROUP, name: 'Golfers', description: null }],
    segments: [],
    attributes: [],
    pages: [],
  });
  act('statusAutomations.delete', { id: AUTOMATION });
  expect(setup().automations).toEqual([]);
});
