import type { ArgsOf, Bridge, Method, Reply } from '../../shared/bridge/bridge-contract.ts';
import {
  isHostMethod,
  type HostFacts,
  type HostMethod,
  type HostMethods,
  type UpdateState,
} from '../../shared/bridge/host-contract.ts';
import { AppError, type ErrorBody } from '../../shared/kernel/app-error.ts';
import type { AccountDesk } from './account-desk.ts';
import { checkConnection } from './check-connection.ts';
import { mayOpenLink } from './outside-link.ts';

type ArgsTo<M extends HostMethod> = HostMethods[M]['args'];

/** What a host can do beside its core. Each rejects with `not_allowed_now`, in words, where it cannot. */
export interface HostShell {
  facts(): HostFacts;
  notify(notification: ArgsTo<'host.notify'>): void;
  setBadge(count: number): void;
  setStartAtLogin(on: boolean): void;
  setLanguage(language: string): void;
  openLink(url: string): Promise<void>;
  updateState(): UpdateState;
  checkForUpdate(): Promise<UpdateState>;
  installUpdate(): UpdateState;
  holdUpdate(because: string | null): void;
  /** Starts a server on this computer where none runs, and answers its address. */
  startLocalServer(): Promise<string>;
}

type Answers = { [M in HostMethod]: (args: ArgsTo<M>) => HostMethods[M]['result'] | Promise<HostMethods[M]['result']> };

/** The page's whole bridge: the host answers for itself and for the accounts, the core of the current account for all else. */
export function createHostBridge(desk: AccountDesk, shell: HostShell): Bridge {
  const answers = answersOf(desk, shell);
  return {
    subscribe: desk.subscribe,
    call: async <M extends Method>(method: M, args: ArgsOf<M>) => {
      if (!isHostMethod(method)) {
        return desk.call(method, args).catch((error: unknown) => ({ error: toBody(error) }));
      }
      try {
        const answer = answers[method] as (args: unknown) => unknown;
        return { data: await answer(args) } as Reply<never>;
      } catch (error) {
        return { error: toBody(error) };
      }
    },
  };
}

const answersOf = (desk: AccountDesk, shell: HostShell): Answers => ({
  'host.get': () => shell.facts(),
  'host.notify': (notification) => (shell.notify(notification), null),
  'host.setBadge': ({ count }) => (shell.setBadge(Math.max(0, Math.trunc(count))), null),
  'host.setStartAtLogin': ({ on }) => {
    shell.setStartAtLogin(on);
    const facts = shell.facts();
    desk.publish('host', { kind: 'facts', facts });
    return facts;
  },
  'host.setLanguage': ({ language }) => {
    // It is written to a file: a tag, and nothing that only looks like one.
    if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(language))
      throw new AppError('invalid_input', 'This is not a language. Nothing was changed.');
    shell.setLanguage(language);
    return null;
  },
  'host.openLink': async ({ url }) => {
    if (!mayOpenLink(url)) throw new AppError('invalid_input', 'This link is neither a web page over https nor mail.');
    await shell.openLink(url);
    return null;
  },
  'update.state': () => shell.updateState(),
  'update.check': () => shell.checkForUpdate(),
  'update.install': () => shell.installUpdate(),
  'update.hold': ({ because }) => (shell.holdUpdate(because), null),
  'accounts.list': () => desk.accounts,
  'accounts.add': async ({ serverUrl }) => {
    await desk.add(serverUrl === null ? null : await usable(serverUrl));
    return desk.accounts;
  },
  'accounts.switch': async ({ id }) => {
    await desk.switchTo(id);
    return desk.accounts;
  },
  'accounts.remove': async ({ id, unsent }) => {
    await desk.remove(id, unsent);
    return desk.accounts;
  },
  'connection.get': () => connectionOf(desk),
  'connection.check': ({ address }) => checkConnection(address),
  'connection.choose': async (choice) => {
    await desk.connect('local' in choice ? await shell.startLocalServer() : await usable(choice.address));
    return connectionOf(desk);
  },
});

const connectionOf = ({ current: { serverUrl, fixed } }: AccountDesk) => ({ serverUrl, fixed });

/** Only an address that answers as a server of ours is kept. */
async function usable(address: string): Promise<string> {
  const check = await checkConnection(address);
  if (!check.ok) throw new AppError('invalid_input', check.message, { why: check.why });
  return check.serverUrl;
}

function toBody(error: unknown): ErrorBody {
  if (error instanceof AppError) return error.toBody();
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: `Switchboard could not do this. Nothing was lost. (${message})` };
}
