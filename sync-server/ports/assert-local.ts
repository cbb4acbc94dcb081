import type { RequestHandler } from 'express';
import { AppError } from '../../shared/kernel/app-error.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** What proxies add. One on this computer passes on whoever comes, from a loopback address and often with a Host of its own making. */
const FORWARDED =
  /^(forwarded|via|x-(forwarded|original|envoy)-.+|x-(real|client|cluster-client)-ip|(cf|fastly)-.+|true-client-ip)$/;

/**
 * Only people at this computer, and no foreign web page in their browser: the caller, the Host (against names that were
 * pointed at us) and, where one is sent, the Origin must be ours. Who comes through a proxy that says so is
 * somewhere else; one that says nothing must keep `/sandbox` to itself.
 */
export const assertLocal: RequestHandler = (req, _res, next) => {
  const host = req.headers.host ?? '';
  const { origin } = req.headers;
  const isOurs = origin === undefined || origin === `http://${host}`;
  // Older nginx adds nothing at all where nobody tells it to, and speaks HTTP/1.0, which no browser does.
  const isForwarded = req.httpVersion === '1.0' || Object.keys(req.headers).some((name) => FORWARDED.test(name));
  if (isForwarded || !LOOPBACK.has(req.socket.remoteAddress ?? '') || !LOOPBACK_HOST.test(host) || !isOurs)
    throw new AppError('forbidden', 'The sandbox can only be opened on the computer that runs the server.');
  next();
};
