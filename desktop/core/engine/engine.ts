import { rmSync } from 'node:fs';
import path from 'node:path';
import { signInRequest, signUpRequest } from '../../../shared/auth/auth-requests.ts';
import type { Acts, SessionState, SyncState } from '../../../shared/bridge/bridge-contract.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { queueImport, type ImportToQueue } from '../features/imports/queue-import.ts';
import { retryWrite } from '../features/outbox/retry-write.ts';
import { runCommand } from '../features/outbox/run-command.ts';
import { ProfileFile } from '../session/profile.ts';
import type { SecretStore } from '../session/secret-store.ts';
import { ServerLine } from '../session/server-line.ts';
import { SessionKeeper } from '../session/session-keeper.ts';
import { discardWrite } from '../sync/outbox.ts';
import { NOT_SYNCING } from './sync-state.ts';
import { Workspace } from './workspace.ts';

export type EngineParts = {
  profileDir: string;
  serverUrl: string;
  deviceName: string;
  secrets: SecretStore;
  /** `changed`, `sync` and `session` go to the windows, `opened` to the readers. */
  emit: (topic: string, payload: unknown) => void;
  onProblem: (where: string, error: unknown) => void;
};

/** Which replica the readers are to look at; null when nobody is signed in. */
export type OpenedReplica = { file: string; userId: string; tenantId: string; country: string } | null;

/** All that writes: session, outbox, replica. One at a time, on its own thread. */
export class Engine {
  private readonly parts: EngineParts;
  private readonly profile: ProfileFile;
  private readonly line: ServerLine;
  private readonly keeper: SessionKeeper;
  private workspace: Workspace | null = null;

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
      },
    });
  }

  async start(): Promise<{ session: SessionState; sync: SyncState; opened: OpenedReplica }> {
    await this.keeper.load();
    if (this.keeper.session) this.openWorkspace();
    return { session: this.session, sync: this.workspace?.state ?? NOT_SYNCING, opened: this.opened };
  }

  get session(): SessionState {
    const { session } = this.keeper;
    if (!session) return { status: 'signed-out', left: this.profile.left };
    const { identity, expired } = session;
    return { status: 'signed-in', identity, deviceId: this.profile.deviceId, expired };
  }

  private get opened(): OpenedReplica {
    if (!this.workspace) return null;
    const { userId, tenantId, country } = this.workspace.openedFor;
    return { file: this.fileOf(userId), userId, tenantId, country };
  }

  async answer(method: string, args: never): Promise<unknown> {
    switch (method) {
      case 'session.signIn':
        return this.signIn('sign-in', signInRequest.omit({ deviceId: true, deviceName: true }).safeParse(args));
      case 'session.signUp':
        return this.signIn('sign-up', signUpRequest.omit({ deviceId: true, deviceName: true }).safeParse(args));
      case 'session.signOut':
        return this.signOut((args as Acts['session.signOut']['args']).unsent);
      case 'sync.tryNow':
        this.workspace?.tryNow();
        return null;
      case 'command':
        return this.write((workspace) => runCommand(workspace.replica, workspace.identity, args, Date.now()));
      case 'outbox.retry':
        return this.write((workspace) => retryWrite(workspace.replica, workspace.identity, args, Date.now()));
      case 'outbox.discard':
        return this.write(({ replica }) => {
          discardWrite(replica, (args as Acts['outbox.discard']['args']).writeId);
          return null;
        });
      case 'imports.queue':
        return this.write(({ replica, identity }) => queueImport(replica, identity, args as ImportToQueue, Date.now()));
      case 'close':
        return this.close();
      default:
        throw new AppError('not_found', `Switchboard cannot do “${method}”.`);
    }
  }

  private write<T>(act: (workspace: Workspace) => T): T {
    const { workspace } = this;
    if (!workspace) throw new AppError('unauthenticated', 'Nobody is signed in. Sign in and try again.');
    const result = act(workspace);
    workspace.send();
    return result;
  }

  private async signIn(
    how: 'sign-in' | 'sign-up',
    input: {
      success: boolean;
      data?: Record<string, unknown>;
      error?: { issues: { message: string; path: PropertyKey[] }[] };
    },
  ): Promise<SessionState> {
    if (!input.success || !input.data) {
      const issue = input.error?.issues[0];
      throw new AppError('invalid_input', issue?.message ?? 'Something is missing.', { field: issue?.path.join('.') });
    }
    const { deviceId } = this.profile;
    const { identity } = await this.keeper.open(how, { ...input.data, deviceId, deviceName: this.parts.deviceName });
    const open = this.workspace;
    if (open && open.openedFor.userId !== identity.userId) this.closeWorkspace();
    // The same person again, after their session had ended: the lines go on where they rested.
    if (this.workspace) this.workspace.start();
    else this.openWorkspace();
    this.profile.setLeft(identity.userId, identity.email, 0);
    this.tellSession();
    return this.session;
  }

  private async signOut(unsent: 'keep' | 'discard'): Promise<SessionState> {
    const { workspace } = this;
    if (workspace) {
      const { userId, email } = workspace.openedFor;
      const { pending, refused } = workspace.state;
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

  private openWorkspace(): void {
    const { session } = this.keeper;
    if (!session) return;
    this.workspace = new Workspace({
      file: this.fileOf(session.identity.userId),
      identity: session.identity,
      deviceId: this.profile.deviceId,
      line: this.line,
      keeper: this.keeper,
      emit: this.parts.emit,
      onProblem: this.parts.onProblem,
    });
    this.parts.emit('opened', this.opened);
    this.workspace.start();
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

  private fileOf(userId: string): string {
    return path.join(this.parts.profileDir, userId, 'replica.sqlite');
  }

  close(): null {
    this.workspace?.close();
    this.workspace = null;
    return null;
  }
}
