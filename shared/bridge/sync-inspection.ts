import type { SyncedTableName } from '../catalog/synced-tables.ts';
import type { MessageDays } from '../workspace/message-days.ts';

/** One table's stream as it stands in the replica. */
export type StreamInspection = {
  table: SyncedTableName;
  rows: number;
  /** Null until the first copy has a resume point. */
  handle: string | null;
  offset: string | null;
  /** Every change up to this Postgres log position is here, decimal. */
  watermark: string;
  /** Bytes of the log between this watermark and the furthest one of this replica. */
  behindBytes: number;
  /** first: nothing shown yet. again: a new copy is loaded beside the one that is shown. denied: the server does not let this person read it. */
  state: 'first' | 'again' | 'live' | 'denied';
};

/** The messages of this computer: what is kept, by whose choice, and how large everything is. Bytes throughout. */
export type StorageInspection = {
  fileBytes: number;
  logBytes: number;
  /** Pages inside the file that hold nothing and are used again. */
  freeBytes: number;
  messages: number;
  /** Fetched because somebody scrolled to them; they go first when the quota is reached. */
  olderMessages: number;
  chosenDays: MessageDays;
  /** What the workspace allows at most; null is everything. */
  workspaceDays: number | null;
  quotaBytes: number | null;
};

/** What the sync inspector shows. Nothing of customers is in it. */
export type SyncInspection = {
  streams: StreamInspection[];
  outbox: { state: 'queued' | 'sent' | 'accepted' | 'refused'; writes: number; oldestAt: number | null }[];
  /** Refused writes by the code of their refusal. */
  refusals: { code: string; writes: number }[];
  storage: StorageInspection;
  versions: { app: string; protocol: number; replica: number; sqlite: string };
  deviceId: string;
  serverUrl: string;
  /** How the data lies on this computer. Absent where the host does not say. */
  atRest?: {
    encrypted: boolean;
    /** `system`: sealed by the keychain. `file`: beside the data, for its owner alone. */ keyIn: 'system' | 'file';
  };
  /** Which life of the server's database this replica follows; null where the server has not told one. */
  epoch: string | null;
};
