import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Router, type Request } from 'express';
import multer, { MulterError } from 'multer';
import type { z } from 'zod';
import { CRM_PREFIX } from '../../shared/catalog/rest-routes.ts';
import { AppError } from '../../shared/kernel/app-error.ts';
import type { Operation } from '../../shared/protocol/operation.ts';
import type { Act, Perform } from '../db/act.ts';
import type { ApiCaller, Authenticate } from './authenticate.ts';
import { assertScope } from './bind-operations.ts';
import type { RateLimit } from './rate-limit.ts';
import { admit } from './run-operation.ts';

/** The multipart face of an operation that takes a file: `input` is what stands beside the file. */
export type Upload = {
  operation: Operation;
  input: z.ZodType;
  take: (act: Act, file: { path: string; name: string }, input: never) => Promise<unknown>;
};

type UploadParts = {
  authenticate: Authenticate<ApiCaller>;
  rateLimit: RateLimit;
  perform: Perform;
  dataDir: string;
  uploads: readonly Upload[];
};

const LIMITS = { fileSize: 50 * 1024 * 1024, files: 1, fields: 20, fieldSize: 100_000, parts: 21 };

/** Nobody reads a file for so long. */
const LEFT_MS = 3_600_000;

/** Files come to the disk, one a request, and are gone when they are read. Requests that are not multipart go on to the next router. */
export function createUploadRoutes({ authenticate, rateLimit, perform, dataDir, uploads }: UploadParts): Router {
  const dir = path.join(dataDir, 'uploads');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  forgetLeftovers(dir);
  const receive = multer({
    storage: multer.diskStorage({ destination: dir, filename: (_req, _file, done) => done(null, randomUUID()) }),
    limits: LIMITS,
  }).single('file');
  const router = Router();
  for (const { operation, input, take } of uploads)
    for (const { path: route } of operation.routes)
      router.post([route, CRM_PREFIX + route], async (req, res, next) => {
        if (!req.is('multipart/form-data')) return next();
        const caller = await authenticate(req);
        await rateLimit(caller.tenantId, res);
        assertScope(operation, caller);
        await new Promise<void>((resolve, reject) => {
          receive(req, res, (error: unknown) => (error ? reject(toRefusal(error)) : resolve()));
        });
        const { file } = req;
        if (!file) throw new AppError('invalid_input', 'There is no file: send it as the part “file”.');
        try {
          const given = { ...operation, input };
          const accepted = admit(given, caller.role, { fileName: nameOf(file.originalname), ...fieldsOf(req) });
          const answer = await perform(caller, (act) =>
            take(act, { path: file.path, name: file.originalname }, accepted as never),
          );
          res.set('cache-control', 'no-store').json({ data: answer });
        } finally {
          await rm(file.path, { force: true });
        }
      });
  return router;
}

/** Of a server that died while it read them. */
function forgetLeftovers(dir: string): void {
  for (const name of readdirSync(dir)) {
    const file = path.join(dir, name);
    const found = statSync(file, { throwIfNoEntry: false });
    if (found && Date.now() - found.mtimeMs > LEFT_MS) rmSync(file, { force: true });
  }
}

const nameOf = (name: string): string => Buffer.from(name, 'latin1').toString('utf8').slice(0, 255) || 'file';

/** What is no plain text comes as JSON. */
function fieldsOf(req: Request): Record<string, unknown> {
  const fields = { ...(req.body as Record<string, unknown> | undefined) };
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== 'string' || !/^[[{]/.test(value)) continue;
    try {
      fields[name] = JSON.parse(value);
    } catch {
      throw new AppError('invalid_input', `The field “${name}” is not valid JSON. Nothing was imported.`);
    }
  }
  return fields;
}

function toRefusal(error: unknown): unknown {
  if (!(error instanceof MulterError)) return error;
  return error.code === 'LIMIT_FILE_SIZE'
    ? new AppError('limit_reached', 'The file is larger than 50 MB. Split it and send the pieces.')
    : new AppError('invalid_input', `The form cannot be read: ${error.message}. Send one file as the part “file”.`);
}
