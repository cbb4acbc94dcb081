import { Router, type RequestHandler } from 'express';
import { APP_VERSION } from '../../shared/protocol/app-version.ts';
import { formatRange, PROTOCOL_HEADER, type ProtocolRange } from '../../shared/protocol/protocol-version.ts';

/** Every answer tells what this server speaks. `GET /api/server` tells it to somebody who does not know yet what answers there. */
export function announceProtocol(range: ProtocolRange): Router {
  const router = Router();
  router.use((_req, res, next) => {
    res.setHeader(PROTOCOL_HEADER, formatRange(range));
    next();
  });
  router.get('/api/server', (_req, res) => {
    res.json({ data: { product: 'switchboard', version: APP_VERSION, protocol: range } });
  });
  return router;
}

/**
 * Data goes only to apps that understand it. Not 409, by which the shape protocol means something else.
 * What such an app has still to send is taken all the same: see upcasts.
 */
export const refuseOldReaders =
  (range: ProtocolRange): RequestHandler =>
  (req, res, next) => {
    const version = Number(req.headers[PROTOCOL_HEADER] ?? 1);
    if (version >= range.minimum) return next();
    const message =
      'This app is too old for the server. What is on this computer stays, and what waits is still sent. Update Switchboard.';
    return void res
      .status(426)
      .json({ error: { code: 'conflict', message, details: { reason: 'protocol', ...range } } });
  };
