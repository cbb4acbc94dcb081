import { ArrowRight } from 'lucide-react';
import { FieldValue } from '../../lib/field-value.tsx';
import { fieldWord, isContactField } from '../../lib/format/format-field.ts';
import { formatList } from '../../lib/format/format-list.ts';
import { formatFull } from '../../lib/format/format-time.ts';
import { t } from '../../lib/i18n/t.ts';

type Values = Record<string, unknown> | null;
const INSTANTS = new Set(['dueAt', 'remindAt', 'completedAt']);
/** What a person would not know what to do with. */
const HIDDEN = /(^id|Ids?)$/u;

const moreWords = (): Record<string, string> => ({
  title: t('Title'),
  dueAt: t('Due'),
  allDay: t('All day'),
  remindAt: t('Reminder'),
  completedAt: t('Done', { context: 'task' }),
  tags: t('Tags'),
  name: t('Name'),
  country: t('Country'),
  currency: t('Currency'),
  senderName: t('Sender name'),
  businessHours: t('Business hours'),
  brandColor: t('Brand colour'),
  role: t('Role'),
  label: t('Name', { context: 'label' }),
  signature: t('Signature'),
  messageDays: t('Days of messages'),
});

/** Field by field: what it was, what it is. */
export function ChangeList({ before, after }: { before: Values; after: Values }) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (field) => field === 'ownerId' || !HIDDEN.test(field),
  );
  if (fields.length === 0) return null;
  const words = moreWords();
  return (
    <dl>
      {fields.map((field) => (
        <div key={field} className="change">
          <dt>{isContactField(field) ? fieldWord(field) : (words[field] ?? field)}</dt>
          <dd className="was">{before && field in before && <Value field={field} value={before[field]} />}</dd>
          <dd className="flex items-baseline gap-2">
            <ArrowRight size={12} className="flex-none self-center text-ink-3" aria-label={t('became')} role="img" />
            {after && field in after && <Value field={field} value={after[field]} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ field, value }: { field: string; value: unknown }) {
  if (INSTANTS.has(field) && typeof value === 'number') return formatFull(value);
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return formatList(value);
  return <FieldValue field={field} value={value} />;
}
