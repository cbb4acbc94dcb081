import type { AppUpdater } from 'electron-updater';
import { z } from 'zod';
import type { UpdateState } from '../../../shared/bridge/host-contract.ts';
import type { LaunchRecord } from './launch-record.ts';

/** What of electron-updater is used. */
export type UpdatePort = Pick<
  AppUpdater,
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'allowDowngrade'
  | 'channel'
  | 'setFeedURL'
  | 'checkForUpdates'
  | 'downloadUpdate'
  | 'quitAndInstall'
  | 'on'
>;

type UpdaterParts = {
  port: UpdatePort;
  /** Where versions are published; null: this build has none, and nothing is looked for. */
  feedUrl: string | null;
  channel: string;
  version: string;
  launches: LaunchRecord;
  now: () => number;
  onState: (state: UpdateState) => void;
  /** Everything is written down before the program ends. */
  prepareToQuit: () => Promise<void>;
};

const rollback = z.object({ from: z.array(z.string()), to: z.string() });

/**
 * Looks for versions, fetches them in the background, and starts them when a person says so: states in host-contract.ts.
 * electron-updater takes part in staged rollouts by itself (`stagingPercentage` of the feed). Besides `latest.yml` a feed may have
 * `rollback.json`, `{from: [versions], to}`: whoever runs one of these is offered the older `to`.
 */
export class Updater {
  private readonly parts: UpdaterParts;
  private current: UpdateState = { status: 'idle' };
  private held: string | null = null;
  private busy: Promise<UpdateState> | null = null;

  constructor(parts: UpdaterParts) {
    this.parts = parts;
    const { port, launches } = parts;
    port.autoDownload = false;
    // A person closes the app at the end of a day, not to wait for an installer.
    port.autoInstallOnAppQuit = false;
    port.on('download-progress', ({ percent }) => {
      if (this.current.status === 'downloading') this.enter({ ...this.current, percent });
    });
    // Each failure also rejects the call that met it; without a listener it would end the process.
    port.on('error', () => {});
    if (launches.returned) this.current = { status: 'returned', ...launches.returned };
  }

  get state(): UpdateState {
    return this.current;
  }

  /** One look at a time. Resolves when there is nothing new, or when it is downloaded. */
  check(): Promise<UpdateState> {
    if (this.current.status === 'ready' || this.current.status === 'held') return Promise.resolve(this.current);
    this.busy ??= this.lookAndFetch().finally(() => {
      this.busy = null;
    });
    return this.busy;
  }

  /** A version that ends at once is given up, and the one before it fetched from its own folder of the feed and started. */
  async goBack(to: string): Promise<UpdateState> {
    const { port, feedUrl, launches, version } = this.parts;
    if (feedUrl === null) return this.current;
    launches.giveUp(version);
    port.setFeedURL({ provider: 'generic', url: `${feedUrl}/versions/${to}` });
    port.allowDowngrade = true;
    const state = await this.fetchVersion(() => true);
    return state.status === 'ready' ? this.install() : state;
  }

  install(): UpdateState {
    if (this.current.status !== 'ready' && this.current.status !== 'held') return this.current;
    const { version } = this.current;
    if (this.held !== null) return this.enter({ status: 'held', version, because: this.held });
    void this.restart(version);
    return this.current;
  }

  /** What a restart would cut off. Once nothing is held, a restart that somebody asked for happens. */
  hold(because: string | null): void {
    this.held = because;
    if (because === null && this.current.status === 'held') this.install();
  }

  private async restart(version: string): Promise<void> {
    const { prepareToQuit, port, launches } = this.parts;
    try {
      await prepareToQuit();
      launches.noteFine();
      port.quitAndInstall(false, true);
    } catch (error) {
      this.enter({ status: 'failed', version, message: wordsOf(error) });
    }
  }

  private async lookAndFetch(): Promise<UpdateState> {
    const { port, feedUrl, channel, launches } = this.parts;
    if (feedUrl === null)
      return this.enter({ status: 'failed', version: null, message: 'This build has no address to look for updates.' });
    port.setFeedURL({ provider: 'generic', url: feedUrl, channel });
    // Setting a channel allows downgrades; that is for the feed to say.
    port.channel = channel;
    port.allowDowngrade = await this.isTakenBack(feedUrl);
    return this.fetchVersion((version) => !launches.isGivenUp(version));
  }

  private async fetchVersion(isWanted: (version: string) => boolean): Promise<UpdateState> {
    const { port, now } = this.parts;
    let version: string | null = null;
    this.enter({ status: 'checking' });
    try {
      const found = await port.checkForUpdates();
      if (!found?.isUpdateAvailable || !isWanted(found.updateInfo.version))
        return this.enter({ status: 'current', checkedAt: now() });
      version = found.updateInfo.version;
      this.enter({ status: 'downloading', version, percent: 0 });
      await port.downloadUpdate();
      return this.enter({ status: 'ready', version });
    } catch (error) {
      return this.enter({ status: 'failed', version, message: wordsOf(error) });
    }
  }

  private async isTakenBack(feedUrl: string): Promise<boolean> {
    try {
      const answer = await fetch(`${feedUrl}/rollback.json`, { signal: AbortSignal.timeout(10_000) });
      const said = rollback.safeParse(await answer.json());
      return answer.ok && said.success && said.data.from.includes(this.parts.version);
    } catch {
      // Most feeds have none.
      return false;
    }
  }

  private enter(next: UpdateState): UpdateState {
    this.current = next;
    this.parts.onState(next);
    return next;
  }
}

/** electron-updater's codes in words; the rest as it is, on one line. */
function wordsOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = error instanceof Error ? error.message : String(error);
  if (code === 'ERR_CHECKSUM_MISMATCH' || /checksum mismatch/.test(text))
    return 'What was downloaded is not what was published, so it was thrown away.';
  if (code === 'ERR_UPDATER_INVALID_SIGNATURE') return 'The download is not signed by the makers of Switchboard.';
  if (/ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|net::|aborted|socket hang up/.test(`${code} ${text}`))
    return 'The place where updates are published is out of reach.';
  if (/ENOSPC/.test(`${code} ${text}`)) return 'The disk is full.';
  return `${(text.split('\n')[0] ?? '').slice(0, 200).replace(/[.\s]*$/, '')}.`;
}
