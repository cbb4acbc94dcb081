import { fileURLToPath } from 'node:url';
import { json, Router, static as serveFiles, type RequestHandler } from 'express';
import { z } from 'zod';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { CarrierEvents } from '../../ports/carrier.ts';
import { sandboxVendorId } from './sandbox-carrier.ts';
import type { SandboxDesk } from './sandbox-desk.ts';

const PAGE = fileURLToPath(new URL('page', import.meta.url));
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Only people at this computer, and no foreign web page in their browser: the caller, the Host (against names that were
 * pointed at us) and, where one is sent, the Origin must be ours.
 */
const assertLocal: RequestHandler = (req, _res, next) => {
  const host = req.headers.host ?? '';
  const { origin } = req.headers;
  const isOurs = origin === undefined || origin === `http://${host}`;
  if (!LOOPBACK.has(req.socket.remoteAddress ?? '') || !LOOPBACK_HOST.test(host) || !isOurs)
    throw new AppError('forbidden', 'The carrier sandbox can only be opened on the computer that runs the server.');
  next();
};

const e164 = z.e164('A phone number is + and 7 to 15 digits');
const threadOf = z.object({ number: e164, phone: e164 });
const reply = threadOf.extend({ body: z.string().trim().min(1, 'Write something first').max(1_600) });

/** `/sandbox`: a page that plays the customer's phone. Its texts take the very way that a carrier's webhook takes. */
export function createSandboxRoutes(desk: SandboxDesk, events: CarrierEvents): Router {
  const router = Router();
  router.use(assertLocal);

  router.get('/numbers', async (_req, res) => {
    res.json({ data: await desk.listNumbers() });
  });

  router.get('/phones', async (req, res) => {
    res.json({ data: await desk.listPhones(e164.parse(req.query['number'])) });
  });

  router.get('/texts', async (req, res) => {
    const { number, phone } = threadOf.parse(req.query);
    res.json({ data: await desk.listTexts(number, phone) });
  });

  router.post('/texts', json({ limit: '20kb' }), async (req, res) => {
    const { number, phone, body } = reply.parse(req.body);
    const text = { vendor: 'sandbox', vendorId: sandboxVendorId(), from: phone, to: number, body };
    res.json({ data: { outcome: await events.receiveText({ ...text, raw: text }) } });
  });

  router.get('/', (_req, res) => {
    res.sendFile('page.html', { root: PAGE });
  });
  router.use(serveFiles(PAGE, { index: false, redirect: false }));
  return router;
}
