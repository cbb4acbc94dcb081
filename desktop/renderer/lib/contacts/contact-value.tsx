import { NO_END } from '../../../../shared/contacts/contact.ts';
import { FieldValue } from '../field-value.tsx';
import { formatList } from '../format/format-list.ts';
import { formatMoney } from '../format/format-money.ts';
import { formatFull } from '../format/format-time.ts';
import { t } from '../i18n/t.ts';
import { sentimentWords, useContactSetup, useCurrency } from '../rules/use-rule-names.ts';

const isNothing = (value: unknown): boolean => value === null || value === undefined || value === '';

/** A value of a contact, of now or of then, as people read it. What was deleted since is said to be. */
export function ContactValue({ field, value }: { field: string; value: unknown }) {
  const { stages, statuses, pipelines, pages } = useContactSetup();
  const currency = useCurrency();
  if (isNothing(value)) return t('empty');
  const named = (list: readonly { id: string; name: string }[]) =>
    list.find(({ id }) => id === value)?.name ?? t('deleted', { context: 'a thing' });
  switch (field) {
    case 'stageId':
      return named(stages);
    case 'pipelineId':
      return named(pipelines);
    case 'facebookPageId':
      return named(pages);
    case 'leadStatus':
      return statuses.find(({ key }) => key === value)?.name ?? <FieldValue field={field} value={value} />;
    case 'sentiment':
      return sentimentWords()[String(value)] ?? String(value);
    case 'estimatedRevenueCents':
    case 'actualRevenueCents':
      return formatMoney(Number(value), currency);
    default:
      return <PlainValue field={field} value={value} />;
  }
}

function PlainValue({ field, value }: { field: string; value: unknown }) {
  if (/At$|Until$/.test(field)) {
    const at = typeof value === 'number' ? value : Date.parse(String(value));
    return at === NO_END ? t('for good') : formatFull(at);
  }
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (Array.isArray(value)) return formatList(value.map(String));
  if (typeof value === 'object' && value !== null) return <Parts value={value} />;
  return <FieldValue field={field} value={value} />;
}

const DEEPEST = 6;

/** Values with parts, such as the workspace's own fields, a line each. */
function Parts({ value, depth = 0 }: { value: object; depth?: number }) {
  if (depth >= DEEPEST) return <code className="text-small">{JSON.stringify(value)}</code>;
  return (
    <span className={depth === 0 ? 'grid' : 'grid ps-3'}>
      {Object.entries(value).map(([key, inner]: [string, unknown]) => (
        <span key={key} className="[overflow-wrap:anywhere]">
          <span className="text-small text-ink-3">{key}</span>{' '}
          {typeof inner === 'object' && inner !== null ? <Parts value={inner} depth={depth + 1} /> : String(inner)}
        </span>
      ))}
    </span>
  );
}
