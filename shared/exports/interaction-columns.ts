/** One message, note or task with a contact. */
export type ExportedInteraction = {
  id: string;
  contactId: string;
  contactName: string;
  kind: 'message' | 'note' | 'task';
  channel: string | null;
  /** In or out, of messages. */
  direction: string | null;
  at: number;
  by: string | null;
  text: string;
  /** Of tasks: when they are due and when they were done. */
  dueAt: number | null;
  completedAt: number | null;
};

/** A whole conversation as text, oldest first. */
export type ExportedTranscript = {
  id: string;
  contactId: string;
  contactName: string;
  channel: string;
  startedAt: number;
  endedAt: number;
  messages: number;
  text: string;
};

type Column<T> = { header: string; read: (row: T) => string | number | null };

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export const INTERACTION_COLUMNS: readonly Column<ExportedInteraction>[] = [
  { header: 'Contact ID', read: (i) => i.contactId },
  { header: 'Contact', read: (i) => i.contactName },
  { header: 'Kind', read: (i) => i.kind },
  { header: 'Channel', read: (i) => i.channel },
  { header: 'Direction', read: (i) => i.direction },
  { header: 'At', read: (i) => iso(i.at) },
  { header: 'By', read: (i) => i.by },
  { header: 'Text', read: (i) => i.text },
  { header: 'Due', read: (i) => iso(i.dueAt) },
  { header: 'Done', read: (i) => iso(i.completedAt) },
];

export const TRANSCRIPT_COLUMNS: readonly Column<ExportedTranscript>[] = [
  { header: 'Contact ID', read: (t) => t.contactId },
  { header: 'Contact', read: (t) => t.contactName },
  { header: 'Channel', read: (t) => t.channel },
  { header: 'From', read: (t) => iso(t.startedAt) },
  { header: 'To', read: (t) => iso(t.endedAt) },
  { header: 'Messages', read: (t) => t.messages },
  { header: 'Transcript', read: (t) => t.text },
];
