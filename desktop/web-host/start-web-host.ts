import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import path from 'node:path';
import express from 'express';
import { WebSocketServer, type WebSocket } from 'ws';
import { MAX_CALL_CHARACTERS, type Bridge, type Method, type Topic } from '../../shared/bridge/bridge-contract.ts';
import { AppError } from '../../shared/kernel/app-error.ts';
import { HostGuard } from './guard.ts';

export type WebHost = {
  /** With the key of this start, for the person's browser. */ url: string;
  close: () => Promise<void>;
};

const TOPICS = ['changed', 'sync', 'session', 'host'] as const satisfies Topic[];
/** Twice what the window sends at most, which is counted in characters. */
const MAX_FRAME_BYTES = 2 * MAX_CALL_CHARACTERS;

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The browser host: serves the built renderer and the bridge of one core on loopback.
 * Rejects with `conflict` when the port is taken.
 */
export async function startWebHost(options: { bridge: Bridge; port: number; rendererDir: string }): Promise<WebHost> {
  const app = express();
  const server = createServer(app);
  const port = await listen(server, options.port);
  const guard = new HostGuard(port);
  const sockets = serveBridge(server, guard, options.bridge);
  app.disable('x-powered-by');
  app.use((req, res, next) => {
    const verdict = guard.checkHost(req.headers);
    if (!verdict.allowed) {
      res.status(verdict.status).type('text/plain').send(verdict.message);
      return;
    }
    res.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
    res.setHeader('x-content-type-options', 'nosniff');
    res.setHeader('referrer-policy', 'no-referrer');
    res.setHeader('cross-origin-opener-policy', 'same-origin');
    res.setHeader('cross-origin-resource-policy', 'same-origin');
    next();
  });
  app.use(express.static(options.rendererDir, { index: false }));
  app.get(/.*/, (req: IncomingMessage & { url: string }, res) => sendPage(req, res, guard, options.rendererDir));
  return {
    url: `http://127.0.0.1:${port}/?key=${guard.secret}`,
    close: async () => {
      sockets.close();
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function sendPage(
  req: IncomingMessage & { url: string },
  res: express.Response,
  guard: HostGuard,
  rendererDir: string,
): void {
  const url = new URL(req.url, 'http://host');
  const key = url.searchParams.get('key');
  if (guard.mayReceiveSecret(req.headers, key)) res.setHeader('set-cookie', guard.cookie());
  if (key !== null) {
    // The key does not stay in the address bar or the history.
    url.searchParams.delete('key');
    res.redirect(303, `${url.pathname}${url.search}`);
    return;
  }
  res.setHeader('cache-control', 'no-store');
  res.sendFile(path.join(rendererDir, 'index.html'));
}

type Frame = { id: number; method: Method; args: never };

function serveBridge(server: Server, guard: HostGuard, bridge: Bridge): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_FRAME_BYTES });
  server.on('upgrade', (req: IncomingMessage, socket: Socket, head: Buffer) => {
    const verdict =
      req.url === '/bridge' ? guard.checkBridge(req.headers) : { allowed: false, status: 404, message: '' };
    if (!verdict.allowed) {
      socket.end(`HTTP/1.1 ${'status' in verdict ? verdict.status : 403} Refused\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(req, socket, head, (ws) => connect(ws, bridge));
  });
  return sockets;
}

function connect(ws: WebSocket, bridge: Bridge): void {
  const send = (frame: unknown) => {
    if (ws.readyState === ws.OPEN) ws.send(JSON.stringify(frame));
  };
  const unsubscribe = TOPICS.map((topic) => bridge.subscribe(topic, (payload) => send({ topic, payload })));
  ws.on('close', () => {
    for (const stop of unsubscribe) stop();
  });
  ws.on('error', () => ws.terminate());
  ws.on('message', (data: Buffer) => {
    const frame = readFrame(data);
    if (!frame) {
      ws.close(1007, 'not a bridge frame');
      return;
    }
    void bridge.call(frame.method, frame.args).then((reply) => send({ id: frame.id, reply }));
  });
}

function readFrame(data: Buffer): Frame | null {
  try {
    const frame = JSON.parse(data.toString('utf8')) as Partial<Frame>;
    return typeof frame.id === 'number' && typeof frame.method === 'string' ? (frame as Frame) : null;
  } catch {
    return null;
  }
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      return reject(
        new AppError('conflict', `Port ${port} is in use. Set WEB_PORT to a free one, or stop what uses it.`, { port }),
      );
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
