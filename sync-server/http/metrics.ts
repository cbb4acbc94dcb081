import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** The figures of one server process. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requestSeconds: new Histogram({
      name: 'http_request_seconds',
      help: 'Time to answer, by method, route and status',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    pushedWrites: new Counter({
      name: 'pushed_writes_total',
      help: 'Writes decided by /api/sync/push, by outcome',
      labelNames: ['status'],
      registers,
    }),
    rejectedWebhooks: new Counter({
      name: 'rejected_webhooks_total',
      help: 'Webhook requests with a wrong signature; nothing else is kept of them',
      labelNames: ['vendor'],
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
