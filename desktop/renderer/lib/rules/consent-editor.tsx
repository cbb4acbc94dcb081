import { Segmented } from '../../ui/segmented.tsx';
import { t } from '../i18n/t.ts';
import type { EditorProps } from './leaf-editor.tsx';

/** Agreements that have run out count as not given. */
export function ConsentEditor({ leaf, onChange }: EditorProps) {
  const known = leaf?.field === 'consent' ? leaf : null;
  const op = known?.op ?? 'given';
  const kind = known?.kind ?? 'marketing';
  return (
    <div className="grid gap-2">
      <Segmented
        label={t('Consent')}
        value={known ? op : ''}
        segments={[
          { value: 'given', label: t('given') },
          { value: 'notGiven', label: t('not given') },
        ]}
        onChoose={(next) => onChange({ field: 'consent', op: next === 'notGiven' ? 'notGiven' : 'given', kind })}
      />
      <Segmented
        label={t('What for')}
        value={kind}
        segments={[
          { value: 'marketing', label: t('marketing') },
          { value: 'automated', label: t('automated') },
          { value: 'any', label: t('anything') },
        ]}
        onChoose={(next) => onChange({ field: 'consent', op, kind: next })}
      />
    </div>
  );
}
