import express, { type Express, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import { AppError } from '../../shared/kernel/app-error.ts';
import { errorHandler } from './error-reply.ts';
import { traceRequests } from './request-log.ts';
import type { ProtocolRange } from '../../shared/protocol/protocol-version.ts';
import type { Metrics } from './metrics.ts';
import { DATA_POLICY, PERMISSIONS } from './page-headers.ts';
import { announceProtocol, refuseOldReaders } from './protocol-gate.ts';

type AppParts = {
  trustProxy: false | number | string;
  requestLog: RequestHandler;
  protocol: ProtocolRange;
  metrics: Metrics;
  /** Routers by the path they are mounted at, in order. */
  routers: readonly (readonly [path: string, router: Router])[];
};

/** The express app: guards first, then the routers it is given, then one 404 and one error handler. */
export function createApp({ trustProxy, requestLog, protocol, metrics, routers }: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', trustProxy);
  app.use(traceRequests);
  app.use(requestLog);
  // This server itself speaks plain HTTP (TLS ends before it), so it must not send its own page to https.
  app.use(helmet({ contentSecurityPolicy: false, frameguard: { action: 'deny' } }));
  app.use((_req, res, next) => {
    res.setHeader('Content-Security-Policy', DATA_POLICY);
    res.setHeader('Permissions-Policy', PERMISSIONS);
    next();
  });
  app.use((req, res, next) => {
    const stop = metrics.requestSeconds.startTimer();
    res.on('finish', () => {
      const route: unknown = (req.route as { path?: unknown } | undefined)?.path;
      stop({
        method: req.method,
        route: typeof route === 'string' ? req.baseUrl + route : 'none',
        status: res.statusCode,
      });
    });
    next();
  });
  app.use(announceProtocol(protocol));
  app.use('/api/shapes', refuseOldReaders(protocol));
  for (const [path, router] of routers) app.use(path, router);
  app.use((req) => {
    throw new AppError('not_found', `There is nothing at ${req.method} ${req.path}.`);
  });
  app.use(errorHandler);
  return app;
}
