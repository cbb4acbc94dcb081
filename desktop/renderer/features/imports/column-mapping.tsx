import { useState } from 'react';
import type { ColumnTarget } from '../../../../shared/imports/column-target.ts';
import type { ImportDraft } from '../../../../shared/imports/import-draft.ts';
import { t } from '../../lib/i18n/t.ts';
import { targetGroups } from './column-targets.ts';

const PREFIX = 'attribute:';

type ColumnMappingProps = { columns: ImportDraft['columns']; onChange: (targets: ColumnTarget[]) => void };

/** Where each column of the file goes, with what stands in it. */
export function ColumnMapping({ columns, onChange }: ColumnMappingProps) {
  const targets = columns.map((column) => column.target);
  return (
    <section aria-label={t('Columns')}>
      <h2 className="h-sect">{t('Columns')}</h2>
      <ul className="panel">
        {columns.map((column, index) => (
          <li
            // two columns may share a header; their place tells them apart
            key={`${index} ${column.header}`}
            className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] items-center gap-x-4 gap-y-1 border-b border-line-hairline px-3 py-2 last:border-0 sm:grid-cols-[minmax(0,1fr)_240px_minmax(0,1.4fr)]"
          >
            <span className="med trunc">{column.header || t('Column {{number}}', { number: index + 1 })}</span>
            <ColumnChoice
              name={column.header || t('Column {{number}}', { number: index + 1 })}
              target={column.target}
              onChange={(target) => onChange(targets.with(index, target))}
            />
            <span className="trunc col-span-2 text-small text-ink-3 sm:col-span-1">
              {column.samples.filter(Boolean).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type ColumnChoiceProps = { name: string; target: ColumnTarget; onChange: (target: ColumnTarget) => void };

function ColumnChoice({ name, target, onChange }: ColumnChoiceProps) {
  const path = target.startsWith(PREFIX) ? target.slice(PREFIX.length) : null;
  return (
    <span className="grid gap-1">
      <span className="field">
        <select
          aria-label={t('{{column}} goes to', { column: name })}
          value={path === null ? target : PREFIX}
          onChange={({ target: { value } }) =>
            onChange(value === PREFIX ? `attribute:${name}` : (value as ColumnTarget))
          }
        >
          <option value="ignore">{t('Leave out')}</option>
          <option value="attribute">{t('Keep under its own name')}</option>
          <option value={PREFIX}>{t('Keep under another name…')}</option>
          {targetGroups().map((group) => (
            <optgroup key={group.label} label={group.label}>
              {group.targets.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </span>
      {path !== null && (
        <AttributeName key={path} name={name} path={path} onChange={(next) => onChange(`attribute:${next}`)} />
      )}
    </span>
  );
}

/** Every change reads the file again, so a name counts when it is whole. */
function AttributeName({ name, path, onChange }: { name: string; path: string; onChange: (path: string) => void }) {
  const [text, setText] = useState(path);
  const keep = () => {
    const next = text.trim();
    if (next && next !== path) onChange(next);
  };
  return (
    <span className="field">
      <input
        aria-label={t('Name that {{column}} is kept under; address.city is the city within the address', {
          column: name,
        })}
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === 'Enter' && keep()}
      />
    </span>
  );
}
