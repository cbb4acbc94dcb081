import type { ActRow } from '../../../../shared/bridge/team-contract.ts';

type Side = ActRow['before'];

/** What was done to something that the workspace set up for its contacts, with its name; null for what is no such act. */
export function setupTitle(action: string, before: Side, after: Side): string | null {
  const name = nameIn(after) || nameIn(before);
  if (!name) return UNNAMED[action] ?? null;
  switch (action) {
    case 'groups.create':
      return `Group “${name}” made`;
    case 'groups.update':
      return `Group “${name}” changed`;
    case 'groups.delete':
      return `Group “${name}” deleted`;
    case 'segments.create':
      return `Segment “${name}” made`;
    case 'segments.update':
      return `Segment “${name}” changed`;
    case 'segments.delete':
      return `Segment “${name}” deleted`;
    case 'attributes.create':
      return `Attribute “${name}” made`;
    case 'attributes.update':
      return `Attribute “${name}” changed`;
    case 'attributes.delete':
      return `Attribute “${name}” deleted`;
    case 'leadStatuses.create':
      return `Lead status “${name}” made`;
    case 'leadStatuses.update':
      return `Lead status “${name}” changed`;
    case 'leadStatuses.delete':
      return `Lead status “${name}” deleted`;
    case 'statusAutomations.create':
      return `Automation “${name}” made`;
    case 'statusAutomations.update':
      return `Automation “${name}” changed`;
    case 'statusAutomations.delete':
      return `Automation “${name}” deleted`;
    case 'pipelines.create':
      return `Pipeline “${name}” made`;
    case 'pipelines.update':
      return `Pipeline “${name}” changed`;
    case 'pipelines.delete':
      return `Pipeline “${name}” deleted`;
    case 'stages.create':
      return `Stage “${name}” made`;
    case 'stages.update':
      return `Stage “${name}” changed`;
    case 'stages.delete':
      return `Stage “${name}” deleted`;
    default:
      return null;
  }
}

/** Acts that changed something else than the name do not tell it. */
const UNNAMED: Record<string, string> = {
  'groups.update': 'Group changed',
  'segments.update': 'Segment changed',
  'attributes.update': 'Attribute changed',
  'leadStatuses.update': 'Lead status changed',
  'statusAutomations.update': 'Automation changed',
  'pipelines.update': 'Pipeline changed',
  'stages.update': 'Stage changed',
};

function nameIn(values: Side): string {
  const name = values?.['name'] ?? values?.['label'];
  return typeof name === 'string' ? name : '';
}
