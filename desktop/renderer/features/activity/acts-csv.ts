import type { ActRow } from '../../../../shared/bridge/team-contract.ts';
import { t } from '../../lib/i18n/t.ts';

/** A cell that no spreadsheet takes for a formula, quoted where it must be. */
function cell(value: unknown): string {
  const text = typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line per act, times as ISO 8601. `say` writes a title in the language of the reader. */
export function actsToCsv(rows: readonly ActRow[], say: (title: string) => string): string {
  const head = [
    t('When'),
    t('Who'),
    t('Device'),
    t('Act'),
    t('Contact'),
    t('Records'),
    t('Before'),
    t('After'),
    t('Taken back'),
  ];
  const lines = rows.map((act) => [
    new Date(act.at).toISOString(),
    act.userName,
    act.deviceName,
    say(act.title),
    act.contactName,
    act.records,
    act.before,
    act.after,
    act.undoneAt === null ? '' : new Date(act.undoneAt).toISOString(),
  ]);
  return [head, ...lines].map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n';
}
