import { fileURLToPath } from 'node:url';
import { json, Router, static as serveFiles } from 'express';
import { z } from 'zod';
import { assertLocal } from '../../ports/assert-local.ts';
import type { CarrierEvents } from '../../ports/carrier.ts';
import { sandboxVendorId } from './sandbox-carrier.ts';
import type { SandboxDesk } from './sandbox-desk.ts';

const PAGE = fileURLToPath(new URL('page', import.meta.url));
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
