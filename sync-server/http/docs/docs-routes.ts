import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import type { Operation } from '../../../shared/protocol/operation.ts';
import { docsHeaders } from '../page-headers.ts';
import { createOpenApi } from './openapi.ts';

const PAGE = fileURLToPath(new URL('page', import.meta.url));
const SWAGGER = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** `/api/openapi.json` and `/api/docs`: what the API offers, for machines and for people. Nothing is loaded from elsewhere. */
export function createDocsRoutes(operations: readonly Operation[]): Router {
  const router = Router();
  const description = createOpenApi(operations);
  router.get('/openapi.json', (_req, res) => {
    res.set('cache-control', 'public, max-age=300').json(description);
  });
  router.get('/docs', docsHeaders, (_req, res) => {
    res.sendFile('docs.html', { root: PAGE });
  });
  router.get('/docs/:file', docsHeaders, (req, res, next) => {
    const file = String(req.params['file']);
    if (file === 'docs.js' || file === 'docs.css') res.sendFile(file, { root: PAGE });
    else if (file === 'swagger-ui.css' || file === 'swagger-ui-bundle.js') res.sendFile(file, { root: SWAGGER });
    else next();
  });
  return router;
}
