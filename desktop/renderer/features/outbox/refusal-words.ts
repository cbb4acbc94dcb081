import type { OutboxEntry } from '../../../../shared/bridge/bridge-contract.ts';
import { formatCount } from '../../lib/format/format-count.ts';

type Refused = Pick<OutboxEntry, 'refusal' | 'bulk' | 'title'>;

/** Why, in a few words, by the code of the refusal; the server's own sentence follows it. */
const REASONS: Record<string, string> = {
  forbidden: 'Your role does not allow it any more',
  limit_reached: 'A limit was reached',
  not_found: 'It was deleted meanwhile',
  invalid_input: 'What is valid changed meanwhile',
  conflict: 'Somebody else was faster',
  not_allowed_now: 'It is not allowed right now',
  held: 'Waits for another change',
};

/** What may help, by code; nothing where the message says it all. */
const WAYS: Record<string, string> = {
  forbidden: 'Ask an admin for the right, then retry.',
  limit_reached: 'Make room or make it smaller, then retry.',
  not_found: 'Discard it, or copy what you typed first.',
  invalid_input: 'Edit it, then send it again.',
  conflict: 'Compare both, then retry or discard.',
  held: 'Decide on that one first: a retry takes this one along.',
};

export const isHeld = ({ refusal }: Pick<OutboxEntry, 'refusal'>): boolean => refusal?.code === 'held';

export const reasonOf = ({ refusal }: Refused): string => REASONS[refusal?.code ?? ''] ?? 'The server said no';

export const wayOnOf = ({ refusal }: Refused): string | null => WAYS[refusal?.code ?? ''] ?? null;

/** Of a bulk act: how much of it was refused. Null for a single change and where all of it was. */
export function refusedShare({ bulk }: Refused): string | null {
  if (!bulk || bulk.refusedRecords === 0) return null;
  const [refused, all] = [formatCount(bulk.refusedRecords), formatCount(bulk.records)];
  return bulk.refusedRecords >= bulk.records
    ? `All ${all} were refused.`
    : `${refused} of ${all} were refused; the others stand.`;
}

export type RefusedGroup = { cause: OutboxEntry; held: OutboxEntry[] };

/** Refused changes with what was held because of them. One whose cause is gone stands for itself. */
export function groupRefused(entries: readonly OutboxEntry[]): RefusedGroup[] {
  const refused = entries.filter(({ state }) => state === 'refused');
  const known = new Set(refused.map(({ writeId }) => writeId));
  const causeOf = ({ refusal }: OutboxEntry) =>
    refusal?.because && known.has(refusal.because) ? refusal.because : null;
  return refused
    .filter((entry) => causeOf(entry) === null)
    .map((cause) => ({ cause, held: refused.filter((entry) => causeOf(entry) === cause.writeId) }));
}
