import { fileURLToPath } from 'node:url';
import { Router, static as serveFiles } from 'express';
import { assertLocal } from '../../ports/assert-local.ts';
import type { OutboxMailer } from './outbox-mailer.ts';

const PAGE = fileURLToPath(new URL('page', import.meta.url));

/** `/sandbox/mail`: the mails that would have been sent, for people at this computer. */
export function createOutboxRoutes(outbox: OutboxMailer): Router {
  const router = Router();
  router.use(assertLocal);
  router.get('/list', async (_req, res) => {
    res.set('cache-control', 'no-store').json({ data: await outbox.list() });
  });
  router.get('/', (_req, res) => {
    res.sendFile('mail.html', { root: PAGE });
  });
  router.use(serveFiles(PAGE, { index: false, redirect: false }));
  return router;
}
