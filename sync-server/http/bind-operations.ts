import { once } from 'node:events';
import { json, Router, type Request, type Response } from 'express';
import { answersList, restRoutes } from '../../shared/catalog/rest-routes.ts';
import { AppError } from '../../shared/kernel/app-error.ts';
import { must } from '../../shared/kernel/must.ts';
import { hasScope, scopeOf } from '../../shared/people/token-scope.ts';
import type { Operation } from '../../shared/protocol/operation.ts';
import type { BoundVerb, Perform } from '../db/act.ts';
import type { FieldKeys } from '../db/fields/field-keys.ts';
import type { Seal } from '../db/sealed.ts';
import type { ApiCaller, Authenticate } from './authenticate.ts';
import { findAnswer, idempotencyKeyOf, once as doneOnce } from './idempotency.ts';
import type { RateLimit } from './rate-limit.ts';
import { admit, type Verbs } from './run-operation.ts';

export type RestParts = {
  verbs: Verbs;
  perform: Perform;
  fields: FieldKeys;
  authenticate: Authenticate<ApiCaller>;
  rateLimit: RateLimit;
  seal: Seal;
};

/** Who takes nothing of a file for so long is gone: a transaction is open until the last piece. */
const READER_RESTS_MS = 60_000;

/** Later ones win: what the path says cannot be contradicted by the body. An id there may be in capitals; inside it never is. */
const inputOf = (req: Request): unknown => ({
  ...req.query,
  ...(req.body as object | undefined),
  ...Object.fromEntries(
    Object.entries(req.params).map(([name, value]) => [
      name,
      typeof value === 'string' && UUID.test(value) ? value.toLowerCase() : value,
    ]),
  ),
});

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Another kind of body would be left unread, and the act done with nothing of what was sent. */
function assertJson(req: Request): void {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
  if (hasBody && !req.is('json'))
    throw new AppError('invalid_input', 'Send JSON (Content-Type: application/json). Nothing was changed.', {
      fields: { 'Content-Type': 'application/json' },
    });
}

/** The REST face of every operation: its canonical route and its aliases, all through the same verb. */
export function bindOperations(parts: RestParts): Router {
  const { verbs, authenticate, rateLimit } = parts;
  const router = Router();
  // A large body is read only after its sender is known.
  const readBody = json({ limit: '8mb' });
  for (const bound of verbs.values())
    for (const { method, path } of restRoutes(bound.operation))
      router[method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'](
        path,
        async (req, res, next) => {
          const caller = await authenticate(req);
          res.locals['caller'] = caller;
          await rateLimit(caller.tenantId, res);
          assertJson(req);
          next();
        },
        readBody,
        async (req, res) => {
          const caller = res.locals['caller'] as ApiCaller;
          if (bound.file) return sendFile(parts, bound, caller, req, res);
          const answer = await runOverRest(parts, bound, caller, inputOf(req), idempotencyKeyOf(req));
          const body = JSON.stringify(answersList(bound.operation) ? answer : { data: answer });
          res
            .set('cache-control', 'no-store')
            .type('json')
            .send(await parts.fields.open(caller.tenantId, body));
        },
      );
  return router;
}

/** Who goes away in the middle ends it; a file that broke off in the middle is no whole answer, and says so. */
async function sendFile(
  { perform, fields }: RestParts,
  { operation, file }: BoundVerb,
  caller: ApiCaller,
  req: Request,
  res: Response,
): Promise<void> {
  assertScope(operation, caller);
  const input = admit(operation, caller.role, inputOf(req));
  const open = (json: string) => fields.open(caller.tenantId, json);
  res.setTimeout(READER_RESTS_MS, () => res.destroy());
  await perform(caller, async (act) => {
    const { name, pieces } = await must(file, 'a file')(act, input as never, open);
    try {
      for await (const piece of pieces) {
        if (!res.headersSent)
          res.set({
            'content-type': `${operation.file}; charset=utf-8`,
            'content-disposition': `attachment; filename="${name}"`,
            'cache-control': 'no-store',
            'x-content-type-options': 'nosniff',
          });
        // A slow reader is waited for.
        if (!res.destroyed && !res.write(piece)) await Promise.race([once(res, 'drain'), once(res, 'close')]);
        if (res.destroyed) return;
      }
      res.end();
    } catch (error) {
      if (!res.headersSent) throw error;
      res.destroy();
    }
  });
}

async function runOverRest(
  { perform, seal }: RestParts,
  { operation, prepare, run }: BoundVerb,
  caller: ApiCaller,
  given: unknown,
  key: string | null,
): Promise<unknown> {
  assertScope(operation, caller);
  const input = admit(operation, caller.role, given);
  const actor = must(caller.token?.id ?? caller.userId, 'caller');
  const keyed = key === null || operation.kind === 'query' ? null : { actor, key, request: [operation.name, input] };
  if (prepare && keyed) {
    const earlier = await perform(caller, (act) => findAnswer(act, seal, keyed));
    if (earlier) return earlier.answer;
  }
  const prepared = await prepare?.((work) => perform(caller, work), input);
  return perform(caller, (act) => {
    const work = () => run(act, input, prepared);
    return keyed ? doneOnce(act, seal, keyed, work) : work();
  });
}

/** What a token may do is its scopes, whatever its person may. Some things only a signed-in person does. */
export function assertScope(operation: Operation, { token }: ApiCaller): void {
  if (!token) return;
  const scope = scopeOf(operation);
  if (scope === null || (token.kind === 'service' && scope.startsWith('notifications:')))
    throw new AppError('forbidden', 'Only a signed-in person does this; no access token may. Nothing was changed.', {
      reason: 'people_only',
    });
  if (!hasScope(token.scopes, scope))
    throw new AppError('forbidden', `This access token lacks the scope ${scope}. Nothing was changed.`, {
      reason: 'scope',
      needed: scope,
      scopes: token.scopes,
    });
}
