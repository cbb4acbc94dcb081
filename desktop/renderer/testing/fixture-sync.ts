import type { StorageInspection, SyncInspection } from '../../../shared/bridge/sync-inspection.ts';
import { SYNCED_TABLES } from '../../../shared/catalog/synced-tables.ts';
import { APP_VERSION } from '../../../shared/protocol/app-version.ts';
import { PROTOCOL_VERSION } from '../../../shared/protocol/protocol-version.ts';
import type { FixtureState } from './fixture-queries.ts';

export const fixtureStorage = (): StorageInspection => ({
  fileBytes: 686_412_800,
  logBytes: 4_194_304,
  freeBytes: 12_288_000,
  messages: 412_090,
  olderMessages: 1_204,
  chosenDays: null,
  workspaceDays: null,
  quotaBytes: null,
});

const HANDLE = '83750194-1795262400000123';

/** How sync of the fixture stands. */
export function fixtureInspection({ tables, outbox, sync, storage }: FixtureState): SyncInspection {
  const first = sync.firstSync !== null;
  return {
    streams: SYNCED_TABLES.map(({ name }, place) => ({
      table: name,
      rows: first ? 0 : tables.rows(name).length,
      handle: first ? null : HANDLE,
      offset: first ? null : `28814${place}90664_${place}`,
      watermark: first ? '0' : String(28_814_090_664 - place * 48),
      behindBytes: first ? 0 : place * 48,
      state: first ? 'first' : name === 'messages' ? 'again' : 'live',
    })),
    outbox: (['queued', 'sent', 'accepted', 'refused'] as const).map((state) => {
      const own = outbox.filter((entry) => entry.state === state);
      return { state, writes: own.length, oldestAt: own[0]?.madeAt ?? null };
    }),
    refusals: Object.entries(
      Object.groupBy(
        outbox.flatMap(({ refusal }) => refusal?.code ?? []),
        (code) => code,
      ),
    ).map(([code, all = []]) => ({ code, writes: all.length })),
    storage,
    versions: { app: APP_VERSION, protocol: PROTOCOL_VERSION, replica: 2, sqlite: '3.54.1' },
    deviceId: '0b9c9c5e-3d0c-4d9b-9d8f-2f1f2c1d0a02',
    serverUrl: 'https://switchboard.northwell.example',
    epoch: null,
  };
}
