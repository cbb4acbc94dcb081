import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { z } from 'zod';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Seal } from '../../db/sealed.ts';
import { exportFile } from './export-file.ts';

const CONTEXT = 'link to an export';
const LINK_MS = 10 * 60_000;

const linked = z.object({ exportId: z.uuid(), until: z.number() });

/** Who has it may fetch the file for ten minutes, whoever they are. */
export const signLink = (seal: Seal, { exportId, now }: { exportId: string; now: number }): string =>
  seal.seal(JSON.stringify({ exportId, until: now + LINK_MS }), CONTEXT);

function readLink(seal: Seal, token: string, now: number): string {
  try {
    const { exportId, until } = linked.parse(JSON.parse(seal.open(token, CONTEXT)));
    if (now < until) return exportId;
  } catch {
    // A link that was made up and one that is over are the same to whoever has it.
  }
  throw new AppError('not_found', 'This link does not work any more. Ask for a new one in Switchboard.');
}

/** `/api/exports/<token>`: the file behind a link. */
export function createExportRoutes(seal: Seal, dataDir: string, now: () => number): Router {
  const router = Router();
  router.get('/:token', async (req, res) => {
    const exportId = readLink(seal, String(req.params['token']), now());
    const file = exportFile(dataDir, exportId);
    const found = await stat(file).catch(() => null);
    if (!found) throw new AppError('not_found', 'This file is not kept any more. Make a new one.');
    res.set({
      'content-type': 'application/zip',
      'content-length': String(found.size),
      'content-disposition': 'attachment; filename="switchboard-export.zip"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    // Who goes away in the middle is no fault of ours.
    await pipeline(createReadStream(file), res).catch(() => res.destroy());
  });
  return router;
}
