import { useState } from 'react';
import {
  ATTRIBUTE_TYPES,
  defineAttribute,
  updateAttribute,
} from '../../../../../../shared/contacts/attribute-operations.ts';
import { newId } from '../../../../../../shared/kernel/ids.ts';
import { isSameValue } from '../../../../../../shared/kernel/same-value.ts';
import { toSearchText } from '../../../../../../shared/kernel/search-text.ts';
import type { WorkspaceItem } from '../../../../../../shared/workspace/workspace-item.ts';
import { saidInWords } from '../../../../lib/i18n/said-in-words.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useOnce } from '../../../../lib/operations/use-once.ts';
import { useOperation } from '../../../../lib/operations/use-operation.ts';
import { Button } from '../../../../ui/button.tsx';
import { WritingModal } from '../../../../ui/controls/writing-modal.tsx';
import { AreaField, FieldError, SelectField, TextField } from '../../../../ui/field.tsx';
import { lastPlace } from '../place-order.ts';

type Attribute = WorkspaceItem<'attribute'>;
type Type = Attribute['type'];
type Draft = { label: string; key: string; type: Type; choices: string };

export const typeWords = (): Record<Type, string> => ({
  text: t('Text', { context: 'a kind of field' }),
  number: t('Number', { context: 'a kind of field' }),
  date: t('Date', { context: 'a kind of field' }),
  choice: t('Choice', { context: 'a kind of field' }),
  boolean: t('Yes or no'),
  object: t('Nested values'),
});

type DialogProps = { known: Attribute | null; attributes: readonly Attribute[]; onClose: () => void };

/** Writes a field of contacts. Its key is what files, filters and programs call it, and stays for good. */
export function FieldDialog({ known, attributes, onClose }: DialogProps) {
  const send = useOperation();
  const { busy, once } = useOnce();
  const [begun] = useState<Draft>(() => ({
    label: known?.label ?? '',
    key: known?.key ?? '',
    type: known?.type ?? 'text',
    choices: known?.choices?.join('\n') ?? '',
  }));
  const [draft, setDraft] = useState(begun);
  const [problems, setProblems] = useState<Partial<Record<keyof Draft | 'form', string>>>({});
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const key = known?.key ?? (draft.key.trim() || keyOf(draft.label));
  const save = async () => {
    const choices = draft.type === 'choice' ? choicesOf(draft.choices) : null;
    const found = problemsOf(draft, key, choices, known ? [] : attributes);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const fields = { key, label: draft.label.trim(), type: draft.type, choices };
    const reply = known
      ? await send(updateAttribute, { id: known.id, ...fields, displayOrder: known.displayOrder })
      : await send(defineAttribute, { id: newId(), ...fields, displayOrder: lastPlace(attributes) });
    if ('error' in reply) setProblems({ form: saidInWords(reply.error.message) });
    else onClose();
  };
  return (
    <WritingModal
      open
      title={known ? t('Change the field') : t('New field')}
      unsaved={!isSameValue(draft, begun)}
      onClose={onClose}
    >
      <form
        noValidate
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void once(save);
        }}
      >
        <TextField
          label={t('Name')}
          autoFocus
          maxLength={100}
          value={draft.label}
          error={problems.label}
          onChange={(event) => change({ label: event.target.value })}
        />
        <TextField
          label={t('Key, for files and programs')}
          maxLength={100}
          value={known ? known.key : draft.key}
          placeholder={keyOf(draft.label)}
          readOnly={known !== null}
          error={problems.key}
          onChange={(event) => change({ key: event.target.value })}
        />
        {known && <p className="text-small text-ink-3">{t('The key stays: contacts hold their values under it.')}</p>}
        <SelectField
          label={t('What is entered')}
          value={draft.type}
          onChange={(event) => change({ type: ATTRIBUTE_TYPES.find((type) => type === event.target.value) ?? 'text' })}
        >
          {ATTRIBUTE_TYPES.map((type) => (
            <option key={type} value={type}>
              {typeWords()[type]}
            </option>
          ))}
        </SelectField>
        {known && draft.type !== known.type && (
          <p className="text-small text-ink-3">
            {t('Contacts keep the values they have. They are read as the new kind where they can be.')}
          </p>
        )}
        {draft.type === 'choice' && (
          <AreaField
            label={t('Choices, one on each line')}
            rows={5}
            value={draft.choices}
            error={problems.choices}
            onChange={(event) => change({ choices: event.target.value })}
          />
        )}
        {problems.form && <FieldError message={problems.form} />}
        <div className="flex justify-end gap-2">
          <Button type="submit" look="primary" disabled={busy}>
            {t('Save')}
          </Button>
        </div>
      </form>
    </WritingModal>
  );
}

/** `Type of heating` is called `type_of_heating` until somebody says otherwise. */
const keyOf = (label: string): string =>
  toSearchText(label)
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/gu, '');

/** Each once, in the order they were written. */
const choicesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

function problemsOf(draft: Draft, key: string, choices: string[] | null, taken: readonly Attribute[]) {
  const problems: Partial<Record<keyof Draft, string>> = {};
  if (!draft.label.trim()) problems.label = t('Name the field');
  else if (!key) problems.key = t('Give it a key');
  const same = taken.find((one) => one.key === key);
  if (same)
    problems.key = t('{{name}} has this key already. Change that one, or choose another key.', { name: same.label });
  if (choices && choices.length === 0) problems.choices = t('Write at least one choice');
  if (choices && choices.length > 200) problems.choices = t('At most 200 choices');
  if (choices?.some((choice) => choice.length > 100)) problems.choices = t('A choice has at most 100 characters');
  return problems;
}
