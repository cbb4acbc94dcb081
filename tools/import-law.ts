import type { IFlattenedRuleSet, IRegularForbiddenRuleType } from 'dependency-cruiser';

const TESTS = '\\.(test|spec)\\.tsx?$|/testing/|\\.fake\\.ts$';
/** Later features of `shared` may use earlier ones, never the other way round. */
const SHARED_ORDER = [
  'kernel',
  'protocol',
  'auth',
  'notifications',
  'workspace',
  'people',
  'contacts',
  'segments',
  'pipelines',
  'statuses',
  'inbox',
  'tasks',
  'activity',
  'imports',
  'exports',
  'merges',
  'catalog',
  'bridge',
];

type Rule = IRegularForbiddenRuleType;

const never = (name: string, from: string | { path: string; pathNot?: string }, to: Rule['to']): Rule => ({
  name,
  severity: 'error',
  from: typeof from === 'string' ? { path: from, pathNot: TESTS } : from,
  to,
});

/** Who may import whom: house law as rules. Change it in a decision record, not by exception. */
export const IMPORT_LAW: IFlattenedRuleSet = {
  forbidden: [
    never('no-cycles', '.', { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    never('shared-is-pure', '^shared/', { path: '^(desktop|sync-server|e2e|bench|tools)/' }),
    never('shared-has-no-node', '^shared/', { dependencyTypes: ['core'] }),
    ...SHARED_ORDER.map((feature, i) =>
      never(`shared-order-${feature}`, `^shared/${feature}/`, {
        path: `^shared/(${SHARED_ORDER.slice(i + 1).join('|') || 'nothing'})/`,
      }),
    ),
    never('replica-and-sync-know-no-feature', '^desktop/core/(replica|sync)/', { path: '^desktop/core/features/' }),
    {
      name: 'core-features-apart',
      severity: 'error',
      from: { path: '^desktop/core/features/([^/]+)/', pathNot: TESTS },
      to: { path: '^desktop/core/features/', pathNot: '^desktop/core/features/$1/' },
    },
    never('core-knows-no-host', '^desktop/core/', {
      path: '^desktop/(main|preload|web-host|host|renderer)/|^sync-server/|^node_modules/electron/',
    }),
    never('renderer-knows-no-core', '^desktop/renderer/', {
      path: '^desktop/(core|main|preload|web-host|host)/|^sync-server/',
    }),
    never(
      'renderer-has-no-node',
      { path: '^desktop/renderer/', pathNot: `${TESTS}|vite\\.config` },
      { dependencyTypes: ['core'] },
    ),
    never('ui-and-lib-know-no-feature', '^desktop/renderer/(ui|lib)/', { path: '^desktop/renderer/(features|app)/' }),
    {
      name: 'renderer-features-apart',
      severity: 'error',
      from: { path: '^desktop/renderer/features/([^/]+)/', pathNot: TESTS },
      to: { path: '^desktop/renderer/features/', pathNot: '^desktop/renderer/features/$1/' },
    },
    never('hosts-start-the-core-only', '^desktop/(main|preload|web-host|host)/', {
      path: '^desktop/core/',
      pathNot: '^desktop/core/(start-core|session/(secret-store|replica-key|write-privately))\\.ts$',
    }),
    never('hosts-know-no-server', '^desktop/(main|preload|web-host|host)/', {
      path: '^sync-server/|^desktop/renderer/',
    }),
    never('both-hosts-share-no-host', '^desktop/host/', {
      path: '^desktop/(main|preload|web-host)/|^node_modules/electron/',
    }),
    never('server-knows-no-desktop', '^sync-server/', { path: '^desktop/' }),
    {
      name: 'server-features-apart',
      severity: 'error',
      from: { path: '^sync-server/features/([^/]+)/', pathNot: TESTS },
      to: { path: '^sync-server/features/', pathNot: '^sync-server/features/$1/|-(read-model|table)\\.ts$' },
    },
    never('server-ground-knows-no-feature', '^sync-server/(http|shapes|jobs|events|mcp)/', {
      path: '^sync-server/(features|adapters)/',
    }),
    never('features-use-ports', '^sync-server/features/', { path: '^sync-server/adapters/' }),
    never('adapters-know-their-port', '^sync-server/adapters/', { path: '^sync-server/(features|http|jobs|shapes)/' }),
    never('no-test-code-in-products', '^(shared|desktop|sync-server)/', { path: TESTS }),
  ],
};
