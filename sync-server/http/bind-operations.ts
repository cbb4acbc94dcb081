import { json, Router, type Request } from 'express';
import type { Operation } from '../../shared/protocol/operation.ts';
import type { Perform } from '../db/act.ts';
import type { FieldKeys } from '../db/fields/field-keys.ts';
import type { Authenticate } from './authenticate.ts';
import type { RateLimit } from './rate-limit.ts';
import { admit, type Verbs } from './run-operation.ts';

type RestParts = {
  verbs: Verbs;
  perform: Perform;
  fields: FieldKeys;
  authenticate: Authenticate;
  rateLimit: RateLimit;
};

/** A list answers `{data, page, limit, total}` itself; everything else is wrapped in `{data}`. */
const answersList = ({ output }: Operation): boolean =>
  'shape' in output && typeof output.shape === 'object' && output.shape !== null && 'total' in output.shape;

/** Later ones win: what the path says cannot be contradicted by the body. */
const inputOf = (req: Request): unknown => ({ ...req.query, ...(req.body as object | undefined), ...req.params });

/** The REST face of every operation: its canonical route and its aliases, all through the same verb. */
export function bindOperations({ verbs, perform, fields, authenticate, rateLimit }: RestParts): Router {
  const router = Router();
  // A large body is read only after its sender is known.
  const readBody = json({ limit: '8mb' });
  for (const { operation, run } of verbs.values()) {
    const wrap = answersList(operation) ? (output: unknown) => output : (output: unknown) => ({ data: output });
    for (const { method, path } of operation.routes)
      router[method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'](
        path,
        async (req, res, next) => {
          const caller = await authenticate(req);
          res.locals['caller'] = caller;
          await rateLimit(caller.tenantId, res);
          next();
        },
        readBody,
        async (req, res) => {
          const caller = res.locals['caller'] as Awaited<ReturnType<Authenticate>>;
          const input = admit(operation, caller.role, inputOf(req));
          const answer = JSON.stringify(wrap(await perform(caller, (act) => run(act, input))));
          res.type('json').send(await fields.open(caller.tenantId, answer));
        },
      );
  }
  return router;
}
