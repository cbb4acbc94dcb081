import { t } from '../../lib/i18n/t.ts';
import type { ColumnTarget } from '../../../../shared/imports/column-target.ts';
import type { ImportDraft } from '../../../../shared/imports/import-draft.ts';

const targetChoices = (): { value: ColumnTarget; label: string }[] => [
  { value: 'fullName', label: t('Full name') },
  { value: 'firstName', label: t('First name') },
  { value: 'lastName', label: t('Last name') },
  { value: 'company', label: t('Company') },
  { value: 'email', label: t('Email') },
  { value: 'phone', label: t('Phone') },
  { value: 'leadScore', label: t('Score') },
  { value: 'leadStatus', label: t('Status') },
  { value: 'tags', label: t('Tags') },
  { value: 'source', label: t('Source') },
  { value: 'locale', label: t('Language') },
  { value: 'timezone', label: t('Time zone') },
  { value: 'attribute', label: t('Keep under its own name') },
  { value: 'ignore', label: t('Leave out') },
];

type ColumnMappingProps = { columns: ImportDraft['columns']; onChange: (targets: ColumnTarget[]) => void };

/** Where each column of the file goes, with what stands in it. */
export function ColumnMapping({ columns, onChange }: ColumnMappingProps) {
  const targets = columns.map((column) => column.target);
  return (
    <section aria-label={t('Columns')}>
      <h2 className="h-sect">{t('Columns')}</h2>
      <ul className="panel">
        {columns.map(({ header, target, samples }, index) => (
          <li
            // two columns may share a header; their place tells them apart
            key={`${index} ${header}`}
            className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] items-center gap-x-4 gap-y-1 border-b border-line-hairline px-3 py-2 last:border-0 sm:grid-cols-[minmax(0,1fr)_200px_minmax(0,1.4fr)]"
          >
            <span className="med trunc">{header || t('Column {{number}}', { number: index + 1 })}</span>
            <span className="field">
              <select
                aria-label={t('{{column}} goes to', {
                  column: header || t('Column {{number}}', { number: index + 1 }),
                })}
                value={target}
                onChange={(event) => onChange(targets.with(index, event.target.value as ColumnTarget))}
              >
                {targetChoices().map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            </span>
            <span className="trunc col-span-2 text-small text-ink-3 sm:col-span-1">
              {samples.filter(Boolean).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
