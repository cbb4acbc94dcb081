import type { OutboxEntry } from '../../../../shared/bridge/bridge-contract.ts';
import { t } from '../../lib/i18n/t.ts';

type Refused = Pick<OutboxEntry, 'refusal' | 'bulk' | 'title'>;

/** Why, in a few words, by the code of the refusal; the server's own sentence follows it. */
const reasons = (): Record<string, string> => ({
  forbidden: t('Your role does not allow it any more'),
  limit_reached: t('A limit was reached'),
  not_found: t('It was deleted meanwhile'),
  invalid_input: t('What is valid changed meanwhile'),
  conflict: t('Somebody else was faster'),
  not_allowed_now: t('It is not allowed right now'),
  held: t('Waits for another change'),
});

/** What may help, by code; nothing where the message says it all. */
const ways = (): Record<string, string> => ({
  forbidden: t('Ask an admin for the right, then retry.'),
  limit_reached: t('Make room or make it smaller, then retry.'),
  not_found: t('Discard it, or copy what you typed first.'),
  invalid_input: t('Edit it, then send it again.'),
  conflict: t('Compare both, then retry or discard.'),
  held: t('Decide on that one first: a retry takes this one along.'),
});

export const isHeld = ({ refusal }: Pick<OutboxEntry, 'refusal'>): boolean => refusal?.code === 'held';

export const reasonOf = ({ refusal }: Refused): string => reasons()[refusal?.code ?? ''] ?? t('The server said no');

export const wayOnOf = ({ refusal }: Refused): string | null => ways()[refusal?.code ?? ''] ?? null;

/** Of a bulk act: how much of it was refused. Null for a single change and where all of it was. */
export function refusedShare({ bulk }: Refused): string | null {
  if (!bulk || bulk.refusedRecords === 0) return null;
  return bulk.refusedRecords >= bulk.records
    ? t('All {{count}} were refused.', { count: bulk.records })
    : t('{{count}} of {{all}} were refused; the others stand.', { count: bulk.refusedRecords, all: bulk.records });
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
