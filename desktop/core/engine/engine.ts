import { rmSync } from 'node:fs';
import path from 'node:path';
import { signInRequest, signUpRequest, type Identity } from '../../../shared/auth/auth-requests.ts';
import type { Acts, SessionState, SyncState } from '../../../shared/bridge/bridge-contract.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { DraftStore, readParts } from '../features/imports/drafts/draft-store.ts';
import { queueImport, type PreparedImport } from '../features/imports/queue-import.ts';
import type { ReplicaKey, ReplicaPlace } from '../replica/sealed-database.ts';
import { ProfileFile } from '../session/profile.ts';
import { ASKED_BY_ANYBODY, callOnline, ENTRIES, parseInput, type Entry } from '../session/ask-server.ts';
import type { SecretStore } from '../session/secret-store.ts';
import { ServerLine } from '../session/server-line.ts';
import { SessionKeeper } from '../session/session-keeper.ts';
import { removeProfileFiles } from '../session/wipe-profile.ts';
import { SYNCED_TABLES } from '../../../shared/catalog/synced-tables.ts';
import { APP_VERSION } from '../../../shared/protocol/app-version.ts';
import { clearBeside, countUnits, readKeptWork, replaceReplica } from './carry-over.ts';
import { stampOwner } from './replica-owner.ts';
import { NOT_SYNCING } from './sync-state.ts';
import { WORKSPACE_ACTS } from './workspace-acts.ts';
import { Workspace } from './workspace.ts';

export type EngineParts = {
  profileDir: string;
  serverUrl: string;
  deviceName: string;
  /** The system it runs on: `linux`, `darwin`, `win32`. */
  platform: string;
  secrets: SecretStore;
  /** The key of this profile's files, made on first use. */
  takeKey: () => Promise<string>;
  /** Destroys the key and the tokens at once, for good. */
  destroyKey: () => Promise<void>;
  /** `changed`, `sync` and `session` go to the windows, `opened` to the readers. */
  emit: (topic: string, payload: unknown) => void;
  onProblem: (where: string, error: unknown) => void;
  /** Resolves when no reader has a replica open. They open the one that the next `opened` names; questions wait until then. */
  restReaders: () => Promise<void>;
};

/** Which replica the readers are to look at; null when nobody is signed in. */
export type OpenedReplica = {
  file: string;
  key: ReplicaKey;
  userId: string;
  tenantId: string;
  country: string;
  deviceId: string;
  serverUrl: string;
} | null;

/** All that writes: session, outbox, replica. One at a time, on its own thread. */
export class Engine {
  private readonly parts: EngineParts;
  private readonly profile: ProfileFile;
  private readonly line: ServerLine;
  private readonly keeper: SessionKeeper;
  private workspace: Workspace | null = null;
  private key: ReplicaKey = null;
  private wiping = false;
  /** Settled when no wipe is under way: a key that was taken during one would go with it. */
  private wipeOver: Promise<null> = Promise.resolve(null);

  constructor(parts: EngineParts) {
    this.parts = parts;
    this.profile = new ProfileFile(parts.profileDir);
    this.line = new ServerLine(parts.serverUrl, Date.now, (change) => this.workspace?.lineChanged(change));
    this.keeper = new SessionKeeper({
      line: this.line,
      secrets: parts.secrets,
      now: Date.now,
      // While somebody signs in their replica is not open yet: `signIn` tells when it is.
      onChange: () => {
        if (this.workspace || !this.keeper.session) this.tellSession();
        this.workspace?.sessionChanged();
      },
      // Not from within the request that found out.
      onRemoved: () => setImmediate(() => void this.endAccess().catch((error) => parts.onProblem('removal', error))),
      onWipe: (token) =>
        setImmediate(() => void this.wipeAsAsked(token).catch((error) => parts.onProblem('wipe', error))),
      device: { platform: parts.platform, appVersion: APP_VERSION },
    });
  }

  async start(): Promise<{ session: SessionState; sync: SyncState; opened: OpenedReplica }> {
    await this.keeper.load();
    this.key = await this.parts.takeKey();
    new DraftStore(this.parts.profileDir, this.key).sealOlder();
    // Tokens are of a device. Those of the one whose profile was lost would have every push refused.
    if (this.profile.isNew) await this.keeper.expire();
    if (this.keeper.session) this.openWorkspace();
    return { session: this.session, sync: this.workspace?.state ?? NOT_SYNCING, opened: this.opened };
  }

  get session(): SessionState {
    const { session } = this.keeper;
    if (!session) {
      const { left, removed, wiped } = this.profile;
      return { status: 'signed-out', left, ...(removed ? { removed } : {}), ...(wiped ? { wiped } : {}) };
    }
    const { identity, expired } = session;
    const { left, deviceId } = this.profile;
    return { status: 'signed-in', identity, deviceId, expired, ...(left.length > 0 && { left }) };
  }

  private get opened(): OpenedReplica {
    if (!this.workspace) return null;
    const { userId, tenantId, country } = this.workspace.openedFor;
    const { deviceId } = this.profile;
    return { ...this.workspace.place, userId, tenantId, country, deviceId, serverUrl: this.line.serverUrl };
  }

  async answer(method: string, args: never): Promise<unknown> {
    switch (method) {
      case 'session.signIn':
        return this.signIn('sign-in', parseInput(signInRequest.omit({ deviceId: true, deviceName: true }), args));
      case 'session.signUp':
        return this.signIn('sign-up', parseInput(signUpRequest.omit({ deviceId: true, deviceName: true }), args));
      case 'online':
        return callOnline(this.line, this.keeper, args);
      case 'session.signOut':
        return this.signOut((args as Acts['session.signOut']['args']).unsent);
      case 'sync.tryNow':
        this.workspace?.tryNow();
        return null;
      case 'sync.rebuild':
        return this.rebuild();
      case 'sync.dismissNotice':
        this.workspace?.dismissNotice();
        return null;
      case 'imports.queue':
        return this.queueImport(args);
      case 'wipe':
        return this.wipe();
      case 'close':
        return this.close();
      default:
        return this.knock(method, args);
    }
  }

  /** What is done to an open replica, else what anybody may ask who is not in. */
  private async knock(method: string, args: never): Promise<unknown> {
    const act = WORKSPACE_ACTS.get(method);
    if (act) return act(this.mustBeOpen(), args);
    const entry = ENTRIES.get(method);
    if (entry) return this.enter(entry(args));
    const ask = ASKED_BY_ANYBODY.get(method);
    if (ask) return ask(this.line, args);
    throw new AppError('not_found', `Switchboard cannot do “${method}”.`);
  }

  private mustBeOpen(): Workspace {
    if (!this.workspace) throw nobodySignedIn();
    return this.workspace;
  }

  private queueImport(prepared: PreparedImport): { importId: string } {
    const read = () => readParts(prepared.partsFile, this.key);
    const workspace = this.mustBeOpen();
    const queued = queueImport(workspace.replica, workspace.identity, { ...prepared, readParts: read }, Date.now());
    workspace.send();
    return queued;
  }

  /** A way in that answers less than who is in. */
  private async enter({ path, request, tells = () => null }: Entry): Promise<unknown> {
    return tells(await this.signInBy(path, request));
  }

  private async signIn(how: string, input: Record<string, unknown>): Promise<SessionState> {
    await this.signInBy(how, input);
    return this.session;
  }

  /** Answers what the server did. */
  private async signInBy(how: string, input: Record<string, unknown>): Promise<unknown> {
    await this.haveKey();
    const { deviceId } = this.profile;
    const sent = { ...input, deviceId, deviceName: this.parts.deviceName };
    const { identity, answer } = await this.keeper.open(how, sent);
    await this.haveKey();
    const open = this.workspace;
    const { userId, tenantId, email } = open?.openedFor ?? identity;
    if (userId !== identity.userId || tenantId !== identity.tenantId) {
      if (open) this.profile.setLeft(userId, email, open.state.pending + open.state.refused);
      this.closeWorkspace();
    }
    // The same person again, after their session had ended: the lines go on where they rested.
    if (this.workspace) this.workspace.start();
    else this.openWorkspace();
    this.profile.setLeft(identity.userId, identity.email, 0);
    this.profile.forgetEnd();
    this.tellSession();
    return answer;
  }

  /** After a wipe there is none. */
  private async haveKey(): Promise<void> {
    await this.wipeOver;
    this.key ??= await this.parts.takeKey();
  }

  private async signOut(unsent: 'keep' | 'discard'): Promise<SessionState> {
    const { workspace } = this;
    if (workspace) {
      const { userId, email } = workspace.openedFor;
      const { pending, refused } = workspace.state;
      if (unsent === 'discard') await workspace.releaseFile();
      this.closeWorkspace();
      if (unsent === 'discard')
        // On Windows a reader may hold the file for a moment longer.
        rmSync(path.dirname(this.fileOf(userId)), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
      this.profile.setLeft(userId, email, unsent === 'keep' ? pending + refused : 0);
    }
    await this.keeper.end();
    this.tellSession();
    return this.session;
  }

  /** A new replica takes the place of the old one, with everything that only this computer has. The rest comes again. */
  private async rebuild(): Promise<null> {
    const workspace = await this.letGoOfFile();
    if (!workspace) throw nobodySignedIn();
    const identity = workspace.openedFor;
    const kept = readKeptWork(workspace.replica.db);
    workspace.close();
    this.workspace = null;
    try {
      replaceReplica(this.placeOf(identity.userId), identity, kept, (replica) => stampOwner(replica, identity));
    } finally {
      // Where that failed, for instance on a full disk, the old one is still in place.
      this.openWorkspace();
    }
    this.parts.emit('changed', { tables: [...SYNCED_TABLES.map(({ name }) => name), 'outbox'] });
    return null;
  }

  /** The workspace took this person out: nothing of it stays on this computer but what they had not sent. */
  private async endAccess(): Promise<void> {
    const workspace = await this.letGoOfFile();
    if (!workspace) return;
    const identity = workspace.openedFor;
    const { userId, email, tenantName } = identity;
    const kept = readKeptWork(workspace.replica.db);
    const count = countUnits(kept);
    this.closeWorkspace();
    // First of all nobody is signed in any more, whatever becomes of the files.
    await this.keeper.forget();
    this.profile.setLeft(userId, email, count);
    this.profile.setRemoved({ email, tenantName, kept: count });
    try {
      if (count > 0) replaceReplica(this.placeOf(userId), identity, kept, (replica) => stampOwner(replica, identity));
      clearBeside(this.fileOf(userId), count > 0);
    } finally {
      this.tellSession();
    }
  }

  /**
   * Leaves nothing of this profile on this computer, unsent work included: the device was lost, say. The key goes first, whoever still
   * has files open; a wipe that is cut off goes on at the next start.
   */
  private wipe(asked = false): Promise<null> {
    const wipe = this.wipeNow(asked);
    this.wipeOver = wipe.catch(() => null);
    return wipe;
  }

  private async wipeNow(asked: boolean): Promise<null> {
    try {
      await this.parts.destroyKey();
    } finally {
      // What could not be destroyed is told; all else goes, and nobody sees it any more.
      this.key = null;
      await this.letGoOfFile();
      if (this.workspace) this.closeWorkspace();
      await this.keeper.forget();
      removeProfileFiles(this.parts.profileDir);
      this.profile.beginAnew(asked);
      this.tellSession();
    }
    return null;
  }

  /** Tells the server afterwards; where that does not get through nothing is here all the same. */
  private async wipeAsAsked(refreshToken: string): Promise<void> {
    // Every request that meets the server says so.
    if (this.wiping) return;
    this.wiping = true;
    await this.wipe(true).finally(() => {
      this.wiping = false;
    });
    if (refreshToken) await this.line.post('/api/auth/wiped', { refreshToken }).catch(() => null);
  }

  /** Resolves when the one writing connection is all that has the replica's file open; with null when nobody is signed in then. */
  private async letGoOfFile(): Promise<Workspace | null> {
    for (;;) {
      const { workspace } = this;
      if (!workspace) return null;
      await workspace.releaseFile();
      await this.parts.restReaders();
      if (this.workspace === workspace) return workspace;
      // Signed out or replaced meanwhile: whoever waits for a replica learns which one it is.
      this.parts.emit('opened', this.opened);
    }
  }

  private openWorkspace(): void {
    const { session } = this.keeper;
    if (!session) return;
    try {
      this.workspace = this.makeWorkspace(session.identity);
    } catch (error) {
      // Readers that wait for a replica learn that there is none.
      this.parts.emit('opened', null);
      throw error;
    }
    this.parts.emit('opened', this.opened);
    this.workspace.start();
  }

  private makeWorkspace(identity: Identity): Workspace {
    return new Workspace({
      place: this.placeOf(identity.userId),
      identity,
      deviceId: this.profile.deviceId,
      line: this.line,
      keeper: this.keeper,
      emit: this.parts.emit,
      notice: null,
      onProblem: this.parts.onProblem,
    });
  }

  private closeWorkspace(): void {
    this.workspace?.close();
    this.workspace = null;
    this.parts.emit('opened', null);
    this.parts.emit('sync', NOT_SYNCING);
  }

  private tellSession(): void {
    this.parts.emit('session', this.session);
  }

  private placeOf(userId: string): ReplicaPlace {
    return { file: this.fileOf(userId), key: this.key };
  }

  private fileOf(userId: string): string {
    return path.join(this.parts.profileDir, userId, 'replica.sqlite');
  }

  close(): null {
    this.line.stop();
    this.workspace?.close();
    this.workspace = null;
    return null;
  }
}

const nobodySignedIn = () => new AppError('unauthenticated', 'Nobody is signed in. Sign in and try again.');
