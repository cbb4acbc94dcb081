import { Router } from 'express';
import type { Registry } from 'prom-client';

/** A part this server cannot work without, asked whether it works. */
export type ReadyCheck = { name: string; isReady: () => Promise<boolean> };

/** `/healthz`: the process lives. `/readyz`: its parts work. `/metrics`: Prometheus text. */
export function createHealthRoutes(registry: Registry, checks: readonly ReadyCheck[]): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'alive' });
  });
  router.get('/readyz', async (_req, res) => {
    const answers = await Promise.all(
      checks.map(async ({ name, isReady }) => [name, await isReady().catch(() => false)] as const),
    );
    const ready = answers.every(([, ok]) => ok);
    res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', parts: Object.fromEntries(answers) });
  });
  router.get('/metrics', async (_req, res) => {
    res.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}
