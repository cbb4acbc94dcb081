import type { ExportedTranscript } from './interaction-columns.ts';

/** A message on its way into a transcript. */
export type TranscriptLine = {
  conversationId: string;
  contactId: string;
  channel: string;
  direction: string;
  at: number;
  byId: string | null;
  text: string;
};

/** Whole conversations as text, from messages that come in the order of their conversations and moments. */
export function toTranscripts(
  lines: readonly TranscriptLine[],
  contactName: ReadonlyMap<string, string>,
  memberName: ReadonlyMap<string, string>,
): ExportedTranscript[] {
  return [...Map.groupBy(lines, ({ conversationId }) => conversationId)].flatMap(([id, said]) => {
    const [first] = said;
    const last = said.at(-1);
    if (!first || !last) return [];
    const name = contactName.get(first.contactId) ?? '';
    const speaker = ({ direction, byId }: TranscriptLine) =>
      direction === 'in' ? name : ((byId && memberName.get(byId)) ?? 'Us');
    return [
      {
        id,
        contactId: first.contactId,
        contactName: name,
        channel: first.channel,
        startedAt: first.at,
        endedAt: last.at,
        messages: said.length,
        text: said.map((line) => `[${new Date(line.at).toISOString()}] ${speaker(line)}: ${line.text}`).join('\n'),
      },
    ];
  });
}
