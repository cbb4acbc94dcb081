import { Router, type Request, type Response } from 'express';
import type { ShapeLog } from './log/shape-log.ts';
import { answerShape } from './shape-answer.ts';
import type { ShapeDefinition } from './shape-definition.ts';
import { NO_FIELD_KEYS, type FieldKeys } from '../db/fields/field-keys.ts';
import { openFieldsIn } from './open-fields.ts';
import { defineShape, getRule, type ShapeReader, type ShapeRule } from './shape-rule.ts';

/** By this header of every answer apps notice that the database was restored or replaced (see database-epoch). */
export const EPOCH_HEADER = 'switchboard-epoch';

/** Serves one request for a shape that we have already defined for this reader. */
export type ShapeSource = (definition: ShapeDefinition, req: Request, res: Response) => Promise<void>;

export type ShapeRouterParts = {
  readonly rules: readonly ShapeRule[];
  readonly reader: (req: Request) => ShapeReader | Promise<ShapeReader>;
  /** For how many days the reader's tenant lets rows with a window be replicated; null is for ever. */
  readonly limitDays: (reader: ShapeReader) => Promise<number | null>;
  readonly epoch: () => Promise<string>;
  readonly source: ShapeSource;
  /** Opens fields that are stored encrypted. */
  readonly fields?: FieldKeys;
  readonly now?: () => number;
};

/**
 * `GET /<name>`: the shape of that name for whoever asks. The definition is ours alone: of the client's query only the protocol's
 * own parameters (offset, handle, live, cursor) are looked at, and `columns` and `days`, which can only narrow it.
 */
export function createShapeRouter({
  rules,
  reader,
  limitDays,
  epoch,
  source,
  fields = NO_FIELD_KEYS,
  now = Date.now,
}: ShapeRouterParts): Router {
  const router = Router();
  router.get('/:name', async (req, res) => {
    const asking = await reader(req);
    res.setHeader('cache-control', 'no-store');
    res.setHeader('vary', 'authorization');
    res.setHeader(EPOCH_HEADER, await epoch());
    const rule = getRule(rules, String(req.params['name']), asking);
    const bounds = { now: now(), limitDays: rule.window ? await limitDays(asking) : null };
    const wish = { columns: textOf(req.query['columns']), days: textOf(req.query['days']) };
    await openFieldsIn(res, fields, asking.tenantId, rule.table.name);
    await source(defineShape(rule, asking, wish, bounds), req, res);
  });
  return router;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Answers from the embedded shape log. */
export const embeddedSource =
  (log: ShapeLog, now: () => number = Date.now): ShapeSource =>
  (definition, req, res) =>
    answerShape({ log, cache: null, now }, definition, req.query, res);
