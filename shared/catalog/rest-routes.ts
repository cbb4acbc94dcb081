import type { Operation, Route } from '../protocol/operation.ts';

/** Every operation also answers below this, for integrations that were written against it. */
export const CRM_PREFIX = '/crm';

/** Every way an operation is reached over REST, below `/api`: its declared routes first, PUT beside PATCH, and all of them below `/crm`. */
export function restRoutes({ routes }: Pick<Operation, 'routes'>): readonly Route[] {
  const all: Route[] = [];
  const add = (route: Route) => {
    if (!all.some(({ method, path }) => method === route.method && path === route.path)) all.push(route);
  };
  for (const route of routes) add(route);
  for (const { method, path } of routes) if (method === 'PATCH') add({ method: 'PUT', path });
  for (const { method, path } of [...all]) add({ method, path: `${CRM_PREFIX}${path}` });
  return all;
}

/** Whether an operation answers a list, `{data, page, limit, total}`, as it is; everything else is wrapped in `{data}`. */
export const answersList = ({ output }: Pick<Operation, 'output'>): boolean =>
  'shape' in output && typeof output.shape === 'object' && output.shape !== null && 'total' in output.shape;
