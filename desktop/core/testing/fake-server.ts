import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findOperation } from '../../../shared/catalog/operations.ts';
import type { Patch } from '../../../shared/protocol/patch.ts';
import { formatRange, PROTOCOL_HEADER, type ProtocolRange } from '../../../shared/protocol/protocol-version.ts';
import type { PushRequest } from '../../../shared/protocol/push.ts';
import { SimulatedServer } from './simulated-server.ts';

export const USER = {
  userId: '0198a000-0000-7000-8000-000000000001',
  tenantId: '0198a000-0000-7000-8000-0000000000aa',
  tenantName: 'Acme',
  country: 'US',
  name: 'Ada',
  email: 'ada@acme.test',
  role: 'OWNER',
};

/** A server of one tenant over HTTP: sign-in, shapes by long poll, push. Everything in memory, no clock but its timers. */
export class FakeServer {
  sim = new SimulatedServer();
  /** Which life of the database this is. */
  epoch = 'first';
  /** What it says that it speaks; null says nothing. */
  protocol: ProtocolRange | null = null;
  /** Refuses every push, in these words. */
  takesNothing: string | null = null;
  /** Refuses these operations by name. */
  readonly refuses = new Set<string>();
  tokens = 0;
  /** A new token ends those before it. Not where several computers are signed in. */
  isOneComputer = true;
  /** Access tokens that are good. */
  readonly good = new Set<string>();
  refreshes = 0;
  endsSessions = false;
  /** Why sessions end: `removed` took the person out of the workspace. */
  endsBecause: 'ended' | 'removed' = 'ended';
  /** Who signs in from now on. */
  user = USER;
  /** Of the person, in the sessions handed out from now on. */
  role = USER.role;
  /** Tables that the person may not read from their next request on. */
  readonly denied = new Set<string>();
  /** So many pushes from now on are taken without an answer. */
  losesReplies = 0;
  /** Of the tokens that a sign-in hands out. */
  accessLastsMs = 900_000;
  private server: Server;
  private readonly waiting = new Set<() => void>();
  private port = 0;

  constructor() {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** A backup takes the place of the database: what it does not have is forgotten. */
  restore(backup: SimulatedServer): void {
    this.sim = backup;
    this.epoch += ', restored';
    this.announce();
  }

  /** The cable is pulled; `listen` plugs it in again at the same address. */
  async unplug(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  commit(patches: readonly Patch[]): void {
    this.sim.commit(patches);
    this.announce();
  }

  /** A table is sent anew from now on: whoever follows the copy before is told to fetch it again. */
  rotate(table: string): void {
    this.copies.set(table, this.copyOf(table) + 1);
    this.announce();
  }

  private readonly copies = new Map<string, number>();
  private copyOf = (table: string): number => this.copies.get(table) ?? 1;

  private announce(): void {
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.answer(request, response);
    } catch (error) {
      // Who asked is gone, in the middle of asking.
      if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    if (this.protocol) response.setHeader(PROTOCOL_HEADER, formatRange(this.protocol));
    if (url.pathname === '/api/server')
      return reply(response, 200, { data: { product: 'switchboard', version: '0.0.0', protocol: this.protocol } });
    const planned = this.answers.get(`${request.method} ${url.pathname}`);
    if (planned) {
      this.asked.push({ path: url.pathname + url.search, body: await readJson(request) });
      return reply(response, planned.status, planned.body);
    }
    if (url.pathname.startsWith('/api/auth/')) return this.auth(url.pathname, await readJson(request), response);
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (!this.good.has(token)) return reply(response, 401, { error: { code: 'unauthenticated', message: 'expired' } });
    if (url.pathname === '/api/sync/push') return this.push((await readJson(request)) as PushRequest, response);
    if (url.pathname.startsWith('/api/conversations/')) return this.messages(url, response);
    if (this.protocol && Number(request.headers[PROTOCOL_HEADER]) < this.protocol.minimum)
      return reply(response, 426, { error: { code: 'conflict', message: 'too old', details: { reason: 'protocol' } } });
    const table = url.pathname.split('/').at(-1) ?? '';
    if (this.denied.has(table)) return reply(response, 403, { error: { code: 'forbidden', message: 'not for you' } });
    await this.shape(table, url.searchParams, response);
  }

  private auth(path: string, body: unknown, response: ServerResponse): void {
    if (path.endsWith('sign-out')) return reply(response, 200, { data: null });
    const { password } = body as { password?: string };
    if (path.endsWith('refresh')) this.refreshes += 1;
    const refused = path.endsWith('refresh') ? this.endsSessions : password !== 'right password';
    if (refused)
      return reply(response, 401, {
        error: {
          code: 'unauthenticated',
          message: 'The e-mail or the password is wrong.',
          details: { reason: this.endsBecause },
        },
      });
    this.tokens += 1;
    const accessToken = `token-${this.tokens}`;
    if (this.isOneComputer) this.good.clear();
    this.good.add(accessToken);
    const accessExpiresAt = Date.now() + (path.endsWith('refresh') ? 900_000 : this.accessLastsMs);
    reply(response, 200, {
      data: {
        identity: { ...this.user, role: this.role },
        accessToken,
        accessExpiresAt,
        refreshToken: `refresh-${this.tokens}`,
      },
    });
  }

  /** What it answers to a method and path, before anything else, and what came there. */
  readonly answers = new Map<string, { status: number; body: unknown }>();
  readonly asked: { path: string; body: unknown }[] = [];

  /** All messages of a conversation, the newest first, whatever window the shapes have. */
  readonly history: Record<string, unknown>[] = [];

  private messages(url: URL, response: ServerResponse): void {
    const [page, limit] = [Number(url.searchParams.get('page')), Number(url.searchParams.get('limit'))];
    const data = this.history.slice((page - 1) * limit, page * limit);
    reply(response, 200, { data, page, limit, total: this.history.length });
  }

  private push({ protocol, deviceId, writes }: PushRequest, response: ServerResponse): void {
    if (this.takesNothing !== null)
      return reply(response, 403, { error: { code: 'forbidden', message: this.takesNothing } });
    if (this.protocol && protocol > this.protocol.current)
      return reply(response, 409, { error: { code: 'conflict', message: 'older', details: { reason: 'protocol' } } });
    const results = writes.map(({ writeId, name, input }) => {
      const context = { now: Date.now(), userId: USER.userId, tenantId: USER.tenantId };
      const patches = findOperation(name)?.patches?.(input, context) ?? [];
      const { status, lsn } = this.sim.push(deviceId, { writeId, patches, refuse: this.refuses.has(name) });
      return status === 'accepted'
        ? { writeId, status, txid: '1', commitLsn: String(lsn) }
        : { writeId, status, code: 'not_allowed_now', message: 'Not now.' };
    });
    this.announce();
    if (this.losesReplies > 0) {
      this.losesReplies -= 1;
      response.destroy();
      return;
    }
    reply(response, 200, { data: { results } });
  }

  private async shape(table: string, query: URLSearchParams, response: ServerResponse): Promise<void> {
    const log = () => this.sim.log[table] ?? [];
    const offset = query.get('offset') ?? '-1';
    const from = offset === '-1' ? 0 : Number(offset.split('_')[0]);
    const isOld = () => offset !== '-1' && query.get('handle') !== `handle-${this.copyOf(table)}`;
    if (query.get('live') === 'true' && from >= log().length && !isOld())
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          this.waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, 20_000);
        this.waiting.add(wake);
        response.on('close', wake);
      });
    const handle = `handle-${this.copyOf(table)}`;
    if (isOld()) {
      response.writeHead(409, { 'content-type': 'application/json', 'electric-handle': handle });
      response.end(JSON.stringify([{ headers: { control: 'must-refetch' } }]));
      return;
    }
    const messages: unknown[] = log()
      .slice(from)
      .map(({ message }) => message);
    messages.push({ headers: { control: 'up-to-date', global_last_seen_lsn: String(this.sim.lsn) } });
    response.writeHead(200, {
      'content-type': 'application/json',
      'electric-handle': handle,
      'switchboard-epoch': this.epoch,
      'electric-offset': `${log().length}_0`,
      'electric-up-to-date': '',
      ...(query.get('live') === 'true'
        ? { 'electric-cursor': String(Date.now()) }
        : { 'electric-schema': JSON.stringify({ id: { type: 'uuid', not_null: true } }) }),
    });
    response.end(JSON.stringify(messages));
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString() || 'null');
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
