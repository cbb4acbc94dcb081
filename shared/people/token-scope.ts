import type { Operation } from '../protocol/operation.ts';

/** What operations are about, as far as tokens may reach them: `contacts.addTags` needs `contacts:write`. */
export const SCOPED_AREAS = [
  'contacts',
  'conversations',
  'tasks',
  'imports',
  'notifications',
  'activity',
  'workspace',
] as const;

type Area = (typeof SCOPED_AREAS)[number];
export type TokenScope = `${Area}:${'read' | 'write'}`;

/** Every scope there is. `write` holds `read`. */
export const TOKEN_SCOPES = SCOPED_AREAS.flatMap((area): TokenScope[] => [`${area}:read`, `${area}:write`]) as [
  TokenScope,
  ...TokenScope[],
];

/** First part of an operation’s name → area. What is not listed (one’s own security, people, tokens) no token can do. */
const AREA: Readonly<Record<string, Area>> = {
  contacts: 'contacts',
  notes: 'contacts',
  consents: 'contacts',
  doNotCall: 'contacts',
  contactViews: 'contacts',
  tags: 'contacts',
  segments: 'contacts',
  merges: 'contacts',
  groups: 'contacts',
  attributes: 'contacts',
  leadStatuses: 'contacts',
  statusAutomations: 'contacts',
  pipelines: 'contacts',
  stages: 'contacts',
  conversations: 'conversations',
  messages: 'conversations',
  tasks: 'tasks',
  imports: 'imports',
  notifications: 'notifications',
  activity: 'activity',
  workspace: 'workspace',
  phoneNumbers: 'workspace',
  integrations: 'workspace',
};

/** Acts of the workspace that only a signed-in person does, whatever a token’s scopes. */
const PEOPLE_ONLY = new Set(['workspace.transferOwnership', 'workspace.leave']);

/** The scope a token needs for an operation; null when no token may do it. */
export function scopeOf({ name, kind }: Pick<Operation, 'name' | 'kind'>): TokenScope | null {
  const area = AREA[name.split('.')[0] ?? ''];
  if (!area || PEOPLE_ONLY.has(name)) return null;
  return `${area}:${kind === 'query' ? 'read' : 'write'}`;
}

/** Whether a token with these scopes may do what needs `scope`. */
export const hasScope = (scopes: readonly string[], scope: TokenScope): boolean =>
  scopes.includes(scope) || (scope.endsWith(':read') && scopes.includes(scope.replace(':read', ':write')));
