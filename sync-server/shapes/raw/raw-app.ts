import express, { type Express, type Request, type Response } from 'express';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { ShapeLog } from '../log/shape-log.ts';
import { answerShape } from '../shape-answer.ts';
import type { RequestErrors } from '../shape-request.ts';
import { noSuchTable, readDefinition, readTableName, type TableName } from './raw-definition.ts';

/** Short, so that tests need not wait for caches. */
const CACHE = { maxAgeSeconds: 1, staleSeconds: 3 };
const EXPOSED =
  'electric-cursor,electric-handle,electric-has-data,electric-offset,electric-schema,electric-up-to-date,retry-after';

/**
 * Electric's own routes over the shape log: any table, chosen by the client, with no authorisation at all. For development and for
 * the official client's tests; the product never serves it.
 */
export function createRawApp(log: ShapeLog): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use((_req, res, next) => {
    res.setHeader('access-control-allow-origin', '*');
    res.setHeader('access-control-allow-methods', 'GET, HEAD, DELETE, OPTIONS');
    res.setHeader('access-control-expose-headers', EXPOSED);
    next();
  });
  app.get('/v1/health', (_req, res) => {
    res.setHeader('cache-control', 'no-cache, no-store, must-revalidate').json({ status: 'active' });
  });
  app.options('/v1/shape', (_req, res) => {
    res.setHeader('access-control-max-age', '86400').status(204).end();
  });
  app.get('/v1/shape', (req, res) => getShape(log, req, res));
  app.delete('/v1/shape', (req, res) => deleteShape(log, req, res));
  app.get('/', (_req, res) => void res.end());
  app.use((_req, res) => void res.status(404).end('Not found'));
  return app;
}

async function getShape(log: ShapeLog, req: Request, res: Response): Promise<void> {
  const name = tableOf(req);
  if ('errors' in name) return refuse(res, name);
  const schema = await findSchema(log, name);
  if (!schema) return refuse(res, noSuchTable(name));
  const definition = readDefinition(name, schema, req.query);
  if ('errors' in definition) return refuse(res, definition);
  await answerShape({ log, cache: CACHE, now: Date.now }, definition, req.query, res);
}

/** By handle: that shape. By table: every shape of the table. */
async function deleteShape(log: ShapeLog, req: Request, res: Response): Promise<void> {
  res.setHeader('cache-control', 'no-cache');
  const { handle, table } = req.query;
  const named = typeof handle === 'string' ? log.findByHandle(handle) : undefined;
  const name = table === undefined ? null : tableOf(req);
  if (name && 'errors' in name) return refuse(res, name);
  const ofTable = name ? log.ofTable(name) : [];
  const shapes = typeof handle === 'string' ? (named ? [named] : []) : ofTable;
  if (named && name && !ofTable.includes(named))
    return refuse(res, { errors: { handle: ['does not match the shape definition'] } });
  if (shapes.length === 0) {
    res.status(404).json({ message: 'No existing shape found' });
    return;
  }
  log.drop(shapes, 'a request to delete them');
  res.status(202).end();
}

function tableOf(req: Request): TableName | RequestErrors {
  const { table } = req.query;
  if (typeof table !== 'string' || table === '') return { errors: { table: ["can't be blank"] } };
  return readTableName(table) ?? { errors: { table: ['has invalid format'] } };
}

const findSchema = (log: ShapeLog, name: TableName) =>
  log.schemaOf(name).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  });

function refuse(res: Response, { errors }: RequestErrors): void {
  res.status(400).setHeader('cache-control', 'no-store').setHeader('surrogate-control', 'no-store');
  res.json({ message: 'Invalid request', errors });
}
