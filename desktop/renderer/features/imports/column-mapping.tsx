import type { ColumnTarget, ImportDraft } from '../../../../shared/imports/import-draft.ts';

const TARGETS: { value: ColumnTarget; label: string }[] = [
  { value: 'fullName', label: 'Full name' },
  { value: 'firstName', label: 'First name' },
  { value: 'lastName', label: 'Last name' },
  { value: 'company', label: 'Company' },
  { value: 'email', label: 'Email' },
  { value: 'phone', label: 'Phone' },
  { value: 'leadScore', label: 'Score' },
  { value: 'leadStatus', label: 'Status' },
  { value: 'tags', label: 'Tags' },
  { value: 'source', label: 'Source' },
  { value: 'locale', label: 'Language' },
  { value: 'timezone', label: 'Time zone' },
  { value: 'attribute', label: 'Keep under its own name' },
  { value: 'ignore', label: 'Leave out' },
];

type ColumnMappingProps = { columns: ImportDraft['columns']; onChange: (targets: ColumnTarget[]) => void };

/** Where each column of the file goes, with what stands in it. */
export function ColumnMapping({ columns, onChange }: ColumnMappingProps) {
  const targets = columns.map((column) => column.target);
  return (
    <section aria-label="Columns">
      <h2 className="h-sect">Columns</h2>
      <ul className="panel">
        {columns.map(({ header, target, samples }, index) => (
          <li
            // two columns may share a header; their place tells them apart
            key={`${index} ${header}`}
            className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] items-center gap-x-4 gap-y-1 border-b border-line-hairline px-3 py-2 last:border-0 sm:grid-cols-[minmax(0,1fr)_200px_minmax(0,1.4fr)]"
          >
            <span className="med trunc">{header || `Column ${index + 1}`}</span>
            <span className="field">
              <select
                aria-label={`${header || `Column ${index + 1}`} goes to`}
                value={target}
                onChange={(event) => onChange(targets.with(index, event.target.value as ColumnTarget))}
              >
                {TARGETS.map(({ value, label }) => (
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
