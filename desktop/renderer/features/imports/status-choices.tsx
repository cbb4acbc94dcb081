import { statusKeyOf } from '../../../../shared/contacts/contact.ts';
import type { ImportDraft } from '../../../../shared/imports/import-draft.ts';
import type { StatusChoice } from '../../../../shared/imports/import-setup.ts';
import { toSearchText } from '../../../../shared/kernel/search-text.ts';
import { t } from '../../lib/i18n/t.ts';
import { useContactSetup } from '../../lib/rules/use-rule-names.ts';
import { useMay } from '../../lib/use-identity.ts';

const ATTRIBUTE = 'attribute';
const CREATE = 'create';
const USE = 'use:';

type StatusChoicesProps = {
  draft: ImportDraft;
  onChange: (statuses: Record<string, StatusChoice>) => void;
};

/** Statuses that the file names and the workspace does not have: each is made, becomes another, or stays a word beside the contact. */
export function StatusChoices({ draft, onChange }: StatusChoicesProps) {
  const { statuses } = useContactSetup();
  const mayCreate = useMay('MANAGER');
  const words = unknownStatuses(draft);
  if (words.length === 0) return null;
  return (
    <section aria-label={t('Statuses of the file')}>
      <h2 className="h-sect">{t('Statuses that you do not have')}</h2>
      <ul className="panel">
        {words.map(({ word, rows }) => {
          const folded = toSearchText(word);
          return (
            <li
              key={folded}
              className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] items-center gap-4 border-b border-line-hairline px-3 py-2 last:border-0"
            >
              <span className="trunc">
                <b className="med">{word}</b>
                {rows > 0 && <span className="ms-2 text-small text-ink-3">{t('{{count}} rows', { count: rows })}</span>}
              </span>
              <span className="field">
                <select
                  aria-label={t('What becomes of the status {{status}}', { status: word })}
                  value={toOption(draft.statuses[folded])}
                  onChange={({ target: { value } }) => onChange({ [folded]: toChoice(value, word) })}
                >
                  <option value={ATTRIBUTE}>{t('Keep it as a word beside the contact')}</option>
                  {mayCreate && statusKeyOf(word) !== '' && <option value={CREATE}>{t('Make this status')}</option>}
                  {statuses
                    .filter(({ isActive }) => isActive)
                    .map(({ key, name }) => (
                      <option key={key} value={USE + key}>
                        {t('It is {{status}}', { status: name })}
                      </option>
                    ))}
                </select>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Whether there are some that nobody was asked about yet. */
export const hasOpenStatuses = ({ check, statuses }: ImportDraft): boolean =>
  check.unknown.some(({ target, word }) => target === 'leadStatus' && !(toSearchText(word) in statuses));

/** Those that are asked about still and those that are answered already, each once. */
function unknownStatuses({ check, statuses }: ImportDraft): { word: string; rows: number }[] {
  const open = check.unknown.filter(({ target }) => target === 'leadStatus');
  const asked = new Set(open.map(({ word }) => toSearchText(word)));
  const answered = Object.entries(statuses).filter(([word, { as }]) => !asked.has(word) && as !== 'attribute');
  const byWord = new Map(open.map(({ word, rows }) => [toSearchText(word), { word, rows }]));
  for (const [word, choice] of answered)
    byWord.set(word, { word: choice.as === 'create' ? choice.name : word, rows: 0 });
  return [...byWord.values()].toSorted((a, b) => (a.word < b.word ? -1 : 1));
}

function toOption(choice: StatusChoice | undefined): string {
  if (!choice) return ATTRIBUTE;
  return choice.as === 'use' ? USE + choice.key : choice.as;
}

function toChoice(option: string, word: string): StatusChoice {
  if (option === CREATE) return { as: 'create', name: word };
  return option.startsWith(USE) ? { as: 'use', key: option.slice(USE.length) } : { as: 'attribute' };
}
