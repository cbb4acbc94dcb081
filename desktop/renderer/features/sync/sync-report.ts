import type { SyncState } from '../../../../shared/bridge/bridge-contract.ts';
import type { SyncInspection } from '../../../../shared/bridge/sync-inspection.ts';

const moment = (at: number | null) => (at === null ? 'never' : new Date(at).toISOString());

/** What a support person needs, as text: counts, places and versions. No names, no contents, no secrets. */
export function syncReport(found: SyncInspection, sync: SyncState, now: number): string {
  const { versions, storage } = found;
  const streams = found.streams.map(
    (s) =>
      `${s.table}: ${s.state}, ${s.rows} rows, handle ${s.handle ?? 'none'}, offset ${s.offset ?? 'none'}, watermark ${s.watermark}, behind ${s.behindBytes} bytes`,
  );
  const outbox = found.outbox.map(({ state, writes, oldestAt }) => `${state}: ${writes}, oldest ${moment(oldestAt)}`);
  const refusals = found.refusals.map(({ code, writes }) => `${code}: ${writes}`);
  return [
    `Switchboard sync report, ${moment(now)}`,
    `app ${versions.app}, protocol ${versions.protocol}, replica ${versions.replica}, SQLite ${versions.sqlite}`,
    `device ${found.deviceId}, server ${withoutCredentials(found.serverUrl)}, epoch ${found.epoch ?? 'not told'}`,
    `line ${sync.status}, heard ${moment(sync.dataAt)}, offline since ${moment(sync.offlineSince)}${sync.diskFull ? ', disk full' : ''}`,
    `data ${storage.fileBytes} bytes, log ${storage.logBytes}, free ${storage.freeBytes}, messages ${storage.messages}, older ${storage.olderMessages}, days ${storage.chosenDays ?? 'all'} of ${storage.workspaceDays ?? 'all'}, quota ${storage.quotaBytes ?? 'none'}`,
    '',
    'Streams',
    ...streams,
    '',
    'Outbox',
    ...outbox,
    ...(refusals.length > 0 ? ['', 'Refused by code', ...refusals] : []),
  ].join('\n');
}

/** An address may carry a password before its host. */
const withoutCredentials = (address: string): string =>
  URL.canParse(address) ? new URL(address).origin : 'not an address';
