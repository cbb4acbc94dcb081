import { useState } from 'react';
import type { SegmentRule } from '../../../../../shared/segments/segment.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOnce } from '../../../lib/operations/use-once.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';

type Heir = { value: string; label: string };

type DeleteProps = {
  name: string;
  /** Who has it now. */
  rule: SegmentRule;
  haveWords: (count: number) => string;
  /** What they can get instead, by group where there are several. */
  heirs: readonly { group: string | null; heirs: readonly Heir[] }[];
  none: string;
  onClose: () => void;
  /** True when it was taken. `to` is null for none. */
  onDelete: (to: string | null) => Promise<boolean>;
};

/** Deletes something that contacts have. How many have it, and what they get instead, is said before it goes. */
export function DeleteWithHeirs({ name, rule, haveWords, heirs, none, onClose, onDelete }: DeleteProps) {
  const { busy, once } = useOnce();
  const [to, setTo] = useState('');
  const { data } = useQuery('contacts.matching', { rule, sample: 0 });
  return (
    <Modal
      title={t('Delete {{name}}?', { name })}
      description={data ? haveWords(data.count) : t('Counting who has it…')}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <div className="grid gap-3">
        <SelectField label={t('They get')} value={to} onChange={(event) => setTo(event.target.value)}>
          <option value="">{none}</option>
          {heirs.map(({ group, heirs: list }) =>
            group === null ? (
              heirOptions(list)
            ) : (
              <optgroup key={group} label={group}>
                {heirOptions(list)}
              </optgroup>
            ),
          )}
        </SelectField>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button
            look="danger"
            disabled={busy}
            onClick={() => void once(async () => (await onDelete(to === '' ? null : to)) && onClose())}
          >
            {t('Delete')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

const heirOptions = (list: readonly Heir[]) =>
  list.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
