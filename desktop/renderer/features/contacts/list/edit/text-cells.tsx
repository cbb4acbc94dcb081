import { useState } from 'react';
import { saidInWords } from '../../../../lib/i18n/said-in-words.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { fieldWord } from '../../../../lib/format/format-field.ts';
import { phoneToEdit } from '../../../../lib/format/format-phone.ts';
import { decimalsOf, moneyToEdit } from '../../../../lib/format/format-money.ts';
import { useOnce } from '../../../../lib/operations/use-once.ts';
import { useCommand } from '../../../../lib/use-command.ts';
import { useQuery } from '../../../../lib/use-query.ts';
import { useCountry } from '../../../../lib/use-identity.ts';
import { useCurrency } from '../../../../lib/rules/use-rule-names.ts';
import { Button } from '../../../../ui/button.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { parseFieldEntry, type TextField as Field } from '../../field-entry.ts';
import { ContactTags } from '../../detail/contact-tags.tsx';
import { parseMoneyEntry } from './parse-money-entry.ts';
import type { CellProps } from './cell-editor.tsx';

type Update = Record<string, string | number | null>;
type Parsed = { ok: true; values: Update } | { ok: false; message: string };

type EntryProps = {
  id: string;
  fields: { label: string; text: string; type?: string }[];
  parse: (texts: string[]) => Parsed;
  onDone: () => void;
};

/** One or two texts, saved together; what is wrong is said beneath and what was typed stays. */
function Entry({ id, fields, parse, onDone }: EntryProps) {
  const send = useCommand();
  const { busy, once } = useOnce();
  const [texts, setTexts] = useState(fields.map(({ text }) => text));
  const [problem, setProblem] = useState<string | null>(null);
  const save = async () => {
    const parsed = parse(texts);
    if (!parsed.ok) return setProblem(parsed.message);
    if (texts.every((text, i) => text === fields[i]?.text)) return onDone();
    const reply = await send({ name: 'contacts.update', input: { id, ...parsed.values } });
    return 'error' in reply ? setProblem(saidInWords(reply.error.message)) : onDone();
  };
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void once(save);
      }}
    >
      {fields.map(({ label, type = 'text' }, i) => (
        <TextField
          key={label}
          label={label}
          type={type}
          autoFocus={i === 0}
          autoComplete="off"
          value={texts[i] ?? ''}
          error={i === fields.length - 1 ? (problem ?? undefined) : undefined}
          onChange={(event) => setTexts(texts.map((text, at) => (at === i ? event.target.value : text)))}
        />
      ))}
      <Button look="primary" size="sm" type="submit" disabled={busy} shortcut="enter">
        {t('Save')}
      </Button>
    </form>
  );
}

export function TextCell({ row, field, onDone }: CellProps & { field: Field }) {
  const country = useCountry();
  const stored = row[field as 'company'];
  const text = field === 'phone' && row.phone ? phoneToEdit(row.phone, country) : String(stored ?? '');
  return (
    <Entry
      id={row.id}
      fields={[{ label: fieldWord(field), text, type: field === 'phone' ? 'tel' : 'text' }]}
      parse={([typed = '']) => {
        const parsed = parseFieldEntry(field, typed, country);
        return parsed.ok ? { ok: true, values: { [field]: parsed.value } } : parsed;
      }}
      onDone={onDone}
    />
  );
}

export function NameCell({ row, onDone }: CellProps) {
  const country = useCountry();
  return (
    <Entry
      id={row.id}
      fields={[
        { label: fieldWord('firstName'), text: row.firstName ?? '' },
        { label: fieldWord('lastName'), text: row.lastName ?? '' },
      ]}
      parse={([first = '', last = '']) => {
        const [a, b] = [parseFieldEntry('firstName', first, country), parseFieldEntry('lastName', last, country)];
        if (!a.ok) return a;
        return b.ok ? { ok: true, values: { firstName: a.value, lastName: b.value } } : b;
      }}
      onDone={onDone}
    />
  );
}

type MoneyField = 'estimatedRevenueCents' | 'actualRevenueCents';

export function MoneyCell({ row, field, onDone }: CellProps & { field: MoneyField }) {
  const currency = useCurrency();
  const cents = row[field];
  return (
    <Entry
      id={row.id}
      fields={[
        {
          label:
            field === 'actualRevenueCents'
              ? t('Revenue in {{currency}}', { currency })
              : t('Value in {{currency}}', { currency }),
          text: moneyToEdit(cents, currency),
        },
      ]}
      parse={([typed = '']) => {
        const parsed = parseMoneyEntry(typed, decimalsOf(currency));
        return parsed.ok ? { ok: true, values: { [field]: parsed.cents } } : parsed;
      }}
      onDone={onDone}
    />
  );
}

/** The tags as they are by now: one after another is put on and taken off here. */
export function TagsCell({ row }: CellProps) {
  const { data } = useQuery('contacts.get', { id: row.id });
  return <ContactTags contact={data ?? row} startOpen />;
}
