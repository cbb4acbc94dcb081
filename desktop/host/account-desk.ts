import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Bridge, Topic, Topics } from '../../shared/bridge/bridge-contract.ts';
import type { Account } from '../../shared/bridge/host-contract.ts';
import { SYNCED_TABLES } from '../../shared/catalog/synced-tables.ts';
import { AppError } from '../../shared/kernel/app-error.ts';
import { must } from '../../shared/kernel/must.ts';
import type { Core } from '../core/start-core.ts';
import { AccountList, type StoredAccount } from './account-list.ts';

export type OpenCore = (options: { profileDir: string; serverUrl: string }) => Promise<Core>;

type DeskParts = {
  dataDir: string;
  /** The profile that this start names. */
  profile: string;
  /** Given from outside; then the first account's address is not the list's. */
  serverUrl: string | null;
  openCore: OpenCore;
  newId: () => string;
  onAccounts: (accounts: Account[]) => void;
};

type Running = { core: Core; stop: () => void };

/**
 * The accounts of this computer, each with a core of its own. The current one's speaks to the page. One that was left for another
 * runs on, so that what waits there is sent, until the app ends.
 */
export class AccountDesk {
  private readonly parts: DeskParts;
  private readonly list: AccountList;
  private readonly running = new Map<string, Promise<Running>>();
  private readonly listeners = new Map<Topic, Set<(payload: never) => void>>();

  constructor(parts: DeskParts) {
    this.parts = parts;
    this.list = new AccountList(parts.dataDir, parts.profile);
    if (parts.profile !== 'default' || parts.serverUrl !== null) this.list.select(parts.profile);
  }

  /** Opens the current account where it has an address. */
  async start(): Promise<void> {
    if (this.addressOf(this.list.current) !== null) await this.open(this.list.current.id);
  }

  get accounts(): Account[] {
    return this.list.all.map((one) => ({ ...one, serverUrl: this.addressOf(one) }));
  }

  get current(): { id: string; serverUrl: string | null; fixed: boolean } {
    const { current } = this.list;
    return { id: current.id, serverUrl: this.addressOf(current), fixed: this.isFixed(current) };
  }

  readonly call: Bridge['call'] = async (method, args) => {
    const { id, serverUrl } = this.current;
    if (serverUrl === null)
      return { error: { code: 'not_allowed_now', message: 'Say first where your server is. Nothing was changed.' } };
    const { core } = await this.open(id);
    return core.call(method, args);
  };

  readonly subscribe: Bridge['subscribe'] = (topic, listener) => {
    const set = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, set.add(listener as (payload: never) => void));
    return () => void set.delete(listener as (payload: never) => void);
  };

  async add(serverUrl: string | null): Promise<void> {
    const id = this.parts.newId();
    this.list.select(id);
    this.list.change(id, { serverUrl });
    await this.show();
  }

  async switchTo(id: string): Promise<void> {
    if (!this.list.find(id)) throw noSuchAccount();
    if (id === this.list.current.id) return;
    this.list.select(id);
    await this.show();
  }

  /** `keep` refuses to take away what nobody has sent yet. */
  async remove(id: string, unsent: 'keep' | 'discard'): Promise<void> {
    const account = this.list.find(id);
    if (!account) throw noSuchAccount();
    if (this.addressOf(account) !== null) await this.closeForGood(id, unsent);
    const wasCurrent = id === this.list.current.id;
    rmSync(this.profileDir(id), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    this.list.remove(id, this.parts.newId());
    if (wasCurrent) await this.show();
    else this.tell();
  }

  /** Where the current account's server is. Refused while somebody is signed in: their work is for the one it came from. */
  async connect(serverUrl: string): Promise<void> {
    const { id, fixed, serverUrl: before } = this.current;
    if (fixed) throw new AppError('not_allowed_now', 'The server was named when Switchboard was started (SERVER_URL).');
    if (before === serverUrl) return;
    const opened = await this.running.get(id);
    if (opened) {
      const session = await opened.core.call('session.get', {});
      const left = 'data' in session && session.data.status === 'signed-out' ? session.data.left : null;
      if (left === null || left.length > 0)
        throw new AppError(
          'not_allowed_now',
          'This account has work of the server it is on. Add another account for the other server.',
        );
      await this.close(id);
    }
    this.list.change(id, { serverUrl });
    await this.show();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.running.keys()].map((id) => this.close(id)));
  }

  /** What every open account tells about itself, for the tray. */
  publish<T extends Topic>(topic: T, payload: Topics[T]): void {
    for (const listener of this.listeners.get(topic) ?? []) (listener as (payload: Topics[T]) => void)(payload);
  }

  private async closeForGood(id: string, unsent: 'keep' | 'discard'): Promise<void> {
    const { core } = await this.open(id);
    if (unsent === 'keep') {
      const count = await countUnsent(core);
      if (count > 0)
        throw new AppError('not_allowed_now', 'There are changes here that nobody else has yet. Nothing was removed.', {
          unsent: count,
        });
    }
    const session = await core.call('session.get', {});
    if ('data' in session && session.data.status === 'signed-in')
      await core.call('session.signOut', { unsent: 'discard' });
    await this.close(id);
  }

  private open(id: string): Promise<Running> {
    const known = this.running.get(id);
    if (known) return known;
    const opening = this.openNew(id);
    this.running.set(id, opening);
    // Tried again at the next question.
    opening.catch(() => this.running.delete(id));
    return opening;
  }

  private async openNew(id: string): Promise<Running> {
    const serverUrl = must(this.addressOf(must(this.list.find(id), 'account')), 'address');
    const profileDir = this.profileDir(id);
    mkdirSync(profileDir, { recursive: true, mode: 0o700 });
    const core = await this.parts.openCore({ profileDir, serverUrl });
    const stops = (['changed', 'sync', 'session'] as const).map((topic) =>
      core.subscribe(topic, (payload) => {
        if (topic === 'session') this.noteName(id, payload as Topics['session']);
        if (id === this.list.current.id) this.publish(topic, payload);
      }),
    );
    const session = await core.call('session.get', {});
    if ('data' in session) this.noteName(id, session.data);
    return { core, stop: () => stops.forEach((stop) => stop()) };
  }

  private async close(id: string): Promise<void> {
    const opened = await this.running.get(id)?.catch(() => null);
    this.running.delete(id);
    opened?.stop();
    await opened?.core.close();
  }

  private noteName(id: string, session: Topics['session']): void {
    // One that is being removed tells that it was signed out.
    if (!this.list.find(id)) return;
    if (session.status === 'signed-out' && !session.wiped) return;
    const nobody = { name: null, email: null, tenantName: null };
    const { name, email, tenantName } = session.status === 'signed-in' ? session.identity : nobody;
    this.list.change(id, { name, email, tenantName });
    this.tell();
  }

  /** The page learns that everything is another account's, and then what there is. */
  private async show(): Promise<void> {
    this.tell();
    const { id, serverUrl, fixed } = this.current;
    this.publish('host', { kind: 'connection', connection: { serverUrl, fixed } });
    this.publish('host', { kind: 'switched' });
    if (serverUrl === null) return;
    const { core } = await this.open(id);
    const [session, sync] = await Promise.all([core.call('session.get', {}), core.call('sync.get', {})]);
    if (id !== this.list.current.id) return;
    if ('data' in session) this.publish('session', session.data);
    if ('data' in sync) this.publish('sync', sync.data);
    this.publish('changed', { tables: [...SYNCED_TABLES.map(({ name }) => name), 'outbox'] });
  }

  private tell(): void {
    this.parts.onAccounts(this.accounts);
  }

  private profileDir(id: string): string {
    return path.join(this.parts.dataDir, 'profiles', id);
  }

  private isFixed({ id }: Pick<StoredAccount, 'id'>): boolean {
    return this.parts.serverUrl !== null && id === this.parts.profile;
  }

  private addressOf(account: Pick<StoredAccount, 'id' | 'serverUrl'>): string | null {
    return this.isFixed(account) ? this.parts.serverUrl : account.serverUrl;
  }
}

async function countUnsent(core: Core): Promise<number> {
  const session = await core.call('session.get', {});
  // Also of those who signed out here: their work goes with the account.
  const left = 'data' in session ? (session.data.left ?? []) : [];
  const sync = await core.call('sync.get', {});
  const own = 'data' in sync ? sync.data.pending + sync.data.refused : 0;
  return left.reduce((sum, { pending }) => sum + pending, own);
}

const noSuchAccount = () => new AppError('not_found', 'This account is no longer on this computer.');
