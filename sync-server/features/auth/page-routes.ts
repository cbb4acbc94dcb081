import { fileURLToPath } from 'node:url';
import { Router, static as serveFiles, type RequestHandler } from 'express';

const PAGES = fileURLToPath(new URL('pages', import.meta.url));

/**
 * `/join/<token>` and `/reset/<token>`: where links in mails lead, in any browser. The pages hold nothing of the link's; their script
 * asks `/api/auth` with the token. No search engine, no cache and no other site learns the address.
 */
export function createPageRoutes(pageHeaders: RequestHandler): Router {
  const router = Router();
  const page =
    (file: string): RequestHandler =>
    (_req, res) => {
      res.set({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' });
      res.sendFile(file, { root: PAGES, cacheControl: false });
    };
  router.get('/join/:token', pageHeaders, page('join.html'));
  router.get('/reset/:token', pageHeaders, page('reset.html'));
  router.use('/pages', pageHeaders, serveFiles(PAGES, { index: false, redirect: false, extensions: [] }));
  return router;
}
