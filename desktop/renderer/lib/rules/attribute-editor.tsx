import { useState } from 'react';
import { pathOfKeys } from '../../../../shared/segments/attribute-path.ts';
import type { LeafOf, RuleLeaf } from '../../../../shared/segments/segment-leaf.ts';
import { Button } from '../../ui/button.tsx';
import { t } from '../i18n/t.ts';
import type { EditorProps } from './leaf-editor.tsx';
import { useContactSetup } from './use-rule-names.ts';

type Op = LeafOf<'attribute'>['op'];

const ops = (): { value: Op; label: string }[] => [
  { value: 'equals', label: t('is') },
  { value: 'not_equals', label: t('is not') },
  { value: 'contains', label: t('contains') },
  { value: 'greater_than', label: t('is over') },
  { value: 'at_least', label: t('is at least') },
  { value: 'less_than', label: t('is below') },
  { value: 'at_most', label: t('is at most') },
  { value: 'before', label: t('is before') },
  { value: 'after', label: t('is after') },
  { value: 'exists', label: t('is known') },
  { value: 'missing', label: t('is missing') },
];

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** The condition those entries say; null while something of it is missing or no number. */
function toLeaf(path: string, op: Op, text: string): RuleLeaf | null {
  if (!path.trim()) return null;
  const at = { field: 'attribute', path: path.trim() } as const;
  if (op === 'exists' || op === 'missing') return { ...at, op };
  if (text.trim() === '') return null;
  if (op === 'before' || op === 'after') return isDate(text) ? { ...at, op, date: text } : null;
  if (op === 'equals' || op === 'not_equals' || op === 'contains') return { ...at, op, value: text.trim() };
  const value = Number(text);
  return Number.isFinite(value) ? { ...at, op, value } : null;
}

/** An attribute by its name; what is inside one by `home.city`. */
export function AttributeEditor({ leaf, onChange }: EditorProps) {
  const { attributes } = useContactSetup();
  const known = leaf?.field === 'attribute' ? leaf : null;
  const [path, setPath] = useState(known?.path ?? '');
  const [op, setOp] = useState<Op>(known?.op ?? 'equals');
  const [text, setText] = useState(
    known && 'value' in known ? String(known.value) : known && 'date' in known ? known.date : '',
  );
  const made = toLeaf(path, op, text);
  const isMoment = op === 'before' || op === 'after';
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (made) onChange(made);
      }}
    >
      <span className="field">
        <input
          autoFocus
          list="attribute-paths"
          aria-label={t('Attribute')}
          placeholder={t('Name, or name.inner')}
          value={path}
          maxLength={400}
          onChange={(event) => setPath(event.target.value)}
        />
        <datalist id="attribute-paths">
          {attributes.map(({ key, label }) => (
            <option key={key} value={pathOfKeys([key])}>
              {label}
            </option>
          ))}
        </datalist>
      </span>
      <span className="field">
        <select aria-label={t('How')} value={op} onChange={(event) => setOp(event.target.value as Op)}>
          {ops().map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </span>
      {op !== 'exists' && op !== 'missing' && (
        <span className="field">
          <input
            type={isMoment ? 'date' : 'text'}
            aria-label={t('Value')}
            value={text}
            maxLength={200}
            onChange={(event) => setText(event.target.value)}
          />
        </span>
      )}
      <Button type="submit" size="sm" disabled={!made}>
        {t('Apply')}
      </Button>
    </form>
  );
}
