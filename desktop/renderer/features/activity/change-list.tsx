import { ArrowRight } from 'lucide-react';
import { ROLES, type Role } from '../../../../shared/protocol/role.ts';
import { FieldValue } from '../../lib/field-value.tsx';
import { fieldWord, isContactField } from '../../lib/format/format-field.ts';
import { formatList } from '../../lib/format/format-list.ts';
import { formatFull } from '../../lib/format/format-time.ts';
import { t } from '../../lib/i18n/t.ts';
import { roleWord } from '../../lib/operations/role-words.ts';

type Values = Record<string, unknown> | null;
const INSTANTS = new Set(['dueAt', 'remindAt', 'completedAt', 'waitingSince', 'until', 'expiresAt']);
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
  waitingSince: t('Waits since'),
  timezone: t('Time zone'),
  retention: t('How long things are kept'),
  language: t('Language'),
  e164: t('Number'),
  active: t('Access'),
  kind: t('Kind'),
  scopes: t('What it may do'),
  state: t('State'),
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

const isRole = (value: unknown): value is Role => (ROLES as readonly unknown[]).includes(value);

function Value({ field, value }: { field: string; value: unknown }) {
  if (INSTANTS.has(field) && typeof value === 'number') return formatFull(value);
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return formatList(value);
  if (field === 'role' && isRole(value)) return roleWord(value);
  if (field === 'e164') return <FieldValue field="phone" value={value} />;
  // what has parts is told apart where it is set, not here
  if (typeof value === 'object' && value !== null) return t('changed');
  return <FieldValue field={field} value={value} />;
}
