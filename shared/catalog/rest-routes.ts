import type { Operation, Route } from '../protocol/operation.ts';

/** Every operation also answers below this, for integrations that were written against it. */
export const CRM_PREFIX = '/crm';

/** Every way an operation is reached over REST, below `/api`: its declared routes first, PUT beside PATCH, and all of them below `/crm`. */
export function restRoutes({ routes }: Pick<Operation, 'routes'>): readonly Route[] {
  const puts = routes
    .filter(({ method, path }) => method === 'PATCH' && !routes.some((o) => o.method === 'PUT' && o.path === path))
    .map(({ path }): Route => ({ method: 'PUT', path }));
  const plain = [...routes, ...puts];
  return [...plain, ...plain.map(({ method, path }): Route => ({ method, path: `${CRM_PREFIX}${path}` }))];
}

/** Whether an operation answers a list, `{data, page, limit, total}`, as it is; everything else is wrapped in `{data}`. */
export const answersList = ({ output }: Pick<Operation, 'output'>): boolean =>
  'shape' in output && typeof output.shape === 'object' && output.shape !== null && 'total' in output.shape;
