import type { Method, Reply } from '../../../shared/bridge/bridge-contract.ts';
import type { Account, Connection, HostEvent, HostFacts, UpdateState } from '../../../shared/bridge/host-contract.ts';

/** What the fixture knows of the host around it. */
export type FixtureHost = { host: HostFacts; update: UpdateState; accounts: Account[]; connection: Connection };

const SERVER_URL = 'https://crm.northwell.example';

/** Electron on a Mac, with one account. */
export const fixtureHost = (): FixtureHost => ({
  host: {
    kind: 'electron',
    platform: 'darwin',
    appVersion: '0.1.0',
    can: { update: true, startAtLogin: true, notify: true, badge: true, localServer: true },
    startAtLogin: false,
  },
  update: { status: 'idle' },
  accounts: [
    {
      id: 'default',
      name: 'Maya Okafor',
      email: 'maya@northwell.example',
      tenantName: 'Northwell Heating',
      serverUrl: SERVER_URL,
      current: true,
    },
  ],
  connection: { serverUrl: SERVER_URL, fixed: false },
});

/** What a host does, as far as a page can see it. */
export function actOfHost(
  state: FixtureHost,
  method: Method,
  args: unknown,
  tell: (event: HostEvent) => void,
): Reply<unknown> {
  const { id, address, serverUrl, on } = args as Record<string, string | boolean | null>;
  switch (method) {
    case 'accounts.switch':
      state.accounts = state.accounts.map((one) => ({ ...one, current: one.id === id }));
      tell({ kind: 'accounts', accounts: state.accounts });
      tell({ kind: 'switched' });
      return { data: state.accounts };
    case 'accounts.add':
      state.accounts = [
        ...state.accounts.map((one) => ({ ...one, current: false })),
        { id: 'new', name: null, email: null, tenantName: null, serverUrl: serverUrl as string | null, current: true },
      ];
      state.connection = { serverUrl: serverUrl as string | null, fixed: false };
      tell({ kind: 'switched' });
      return { data: state.accounts };
    case 'connection.check':
      return {
        data: { ok: true, serverUrl: address, version: '0.1.0', protocol: { minimum: 1, current: 1 }, skew: null },
      };
    case 'connection.choose':
      state.connection = { serverUrl: typeof address === 'string' ? address : 'http://127.0.0.1:5002', fixed: false };
      tell({ kind: 'connection', connection: state.connection });
      return { data: state.connection };
    case 'host.setStartAtLogin':
      state.host = { ...state.host, startAtLogin: on === true };
      tell({ kind: 'facts', facts: state.host });
      return { data: state.host };
    case 'update.check':
    case 'update.install':
      return { data: state.update };
    default:
      return { data: null };
  }
}
