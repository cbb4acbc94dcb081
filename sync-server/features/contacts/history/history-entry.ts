import type { HISTORY_KINDS, HistoryEntry } from '../../../../shared/contacts/history-operations.ts';

/** A row of any source of history. */
export type Row = {
  at: string | Date;
  key: string;
  source: string;
  field: string | null;
  before: unknown;
  after: unknown;
  user_id: string | null;
  device_id: string | null;
  cause: { kind: string; id: string } | null;
  note: string | null;
  details: Record<string, unknown> | null;
  userName: string | null;
  deviceName: string | null;
};

type Kind = (typeof HISTORY_KINDS)[number];

const BY_SOURCE: Readonly<Record<string, Kind>> = {
  given: 'CONSENT_GIVEN',
  withdrawn: 'CONSENT_WITHDRAWN',
  opted_out: 'OPTED_OUT',
  opted_in: 'OPTED_IN',
  visit: 'VISITED',
  merge: 'MERGED',
  unmerge: 'MERGE_UNDONE',
  created: 'CREATED',
};

function kindOf({ source, field, after }: Row): Kind {
  if (source !== 'change') return BY_SOURCE[source] ?? 'FIELD_CHANGED';
  switch (field) {
    case 'stageId':
      return 'STAGE_CHANGED';
    case 'leadStatus':
      return 'STATUS_CHANGED';
    case 'leadScore':
      return 'SCORE_CHANGED';
    case 'tag':
      return after === null ? 'TAG_REMOVED' : 'TAG_ADDED';
    case 'group':
      return after === null ? 'GROUP_REMOVED' : 'GROUP_ADDED';
    default:
      return 'FIELD_CHANGED';
  }
}

function detailsOf(kind: Kind, { before, after, details }: Row): Record<string, unknown> {
  if (kind === 'STAGE_CHANGED') return { ...details, fromStageId: before, toStageId: after };
  if (kind === 'STATUS_CHANGED') return { ...details, fromStatus: before, toStatus: after };
  return details ?? {};
}

export function toEntry(row: Row): HistoryEntry {
  const kind = kindOf(row);
  return {
    id: row.key,
    kind,
    field: row.field,
    before: row.before,
    after: row.after,
    at: new Date(row.at).getTime(),
    userId: row.user_id,
    userName: row.userName,
    deviceName: row.deviceName,
    cause: row.cause,
    note: row.note,
    details: detailsOf(kind, row),
  };
}
