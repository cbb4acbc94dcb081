import { Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ContactDetail } from '../../../../../../shared/bridge/contacts-contract.ts';
import { formatDate } from '../../../../lib/format/format-time.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useContactSetup } from '../../../../lib/rules/use-rule-names.ts';
import { useMay } from '../../../../lib/use-identity.ts';
import { Button, IconButton } from '../../../../ui/button.tsx';
import { InlineField } from '../inline-field.tsx';
import { AttributeDialog } from './attribute-dialog.tsx';
import { InlineChoice, InlineTruth } from './inline-choice.tsx';
import { kindOfValue, parseAttribute, withAttribute, type AttributeKind } from './parse-attribute.ts';
import { useSaveFields } from './use-save-fields.ts';

type Own = { key: string; label: string; kind: AttributeKind; choices: readonly string[]; value: unknown };
type Save = (key: string, value: unknown) => Promise<string | null>;

/** Fields of the workspace's own making: those it defined in their order, then whatever else a contact has. */
export function ContactAttributes({ contact }: { contact: ContactDetail }) {
  const mayEdit = useMay('AGENT');
  const { attributes: defined } = useContactSetup();
  const saveFields = useSaveFields(contact.id);
  const [editing, setEditing] = useState<Own | 'new' | null>(null);
  const known = new Map(Object.entries(contact.attributes ?? {}));
  const save: Save = (key, value) => saveFields({ attributes: withAttribute(contact.attributes, key, value) });
  const own: Own[] = [
    ...defined.map(({ key, label, type, choices }) => ({
      key,
      label,
      kind: type,
      choices: choices ?? [],
      value: known.get(key) ?? null,
    })),
    ...[...known]
      .filter(([key]) => !defined.some((one) => one.key === key))
      .map(([key, value]) => ({ key, label: key, kind: kindOfValue(value), choices: [], value })),
  ];
  const pending = contact.sync.pending.includes('attributes');
  return (
    <>
      <dl className="props">
        {own.map((one) => (
          <div key={`${contact.id} ${one.key}`} className="contents">
            <dt className="trunc" title={one.key}>
              {one.label}
            </dt>
            <dd>
              <OwnValue own={one} pending={pending} save={save} onEdit={() => setEditing(one)} />
            </dd>
          </div>
        ))}
      </dl>
      {mayEdit && (
        <Button size="sm" look="ghost" icon={Plus} onClick={() => setEditing('new')}>
          {t('Add a field')}
        </Button>
      )}
      {editing !== null && (
        <AttributeDialog
          own={editing === 'new' ? null : editing}
          taken={own.map(({ key }) => key)}
          save={save}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

type OwnValueProps = { own: Own; pending: boolean; save: Save; onEdit: () => void };

function OwnValue({ own, pending, save, onEdit }: OwnValueProps) {
  const mayEdit = useMay('AGENT');
  const { key, label, kind, choices, value } = own;
  // What somebody else put there, of another type than was defined, is shown as it is.
  const isNested = typeof value === 'object' && value !== null;
  if (kind === 'object' || isNested)
    return (
      <div className="flex items-start gap-1">
        <div className="min-w-0 flex-1">
          {isNested ? <Nested value={value} /> : <span className="text-ink-3">{t('None')}</span>}
        </div>
        {mayEdit && <IconButton size="sm" icon={Pencil} label={t('Change {{label}}', { label })} onClick={onEdit} />}
      </div>
    );
  if (kind === 'boolean' && (typeof value === 'boolean' || value === null))
    return <InlineTruth label={label} value={value} pending={pending} onChoose={(next) => void save(key, next)} />;
  const text = typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
  if (kind === 'choice')
    return (
      <InlineChoice
        label={label}
        value={text || null}
        none={t('None')}
        pending={pending}
        choices={[...new Set([...choices, ...(text ? [text] : [])])].map((one) => ({ value: one, label: one }))}
        onChoose={(next) => void save(key, next)}
      />
    );
  return (
    <InlineField
      label={label}
      text={text}
      shown={kind === 'date' && parseAttribute('date', text).ok && text ? formatDate(text) : undefined}
      pending={pending}
      readOnly={!mayEdit}
      onSave={async (typed) => {
        const parsed = parseAttribute(kind, typed);
        return parsed.ok ? save(key, parsed.value) : parsed.message;
      }}
    />
  );
}

const DEEPEST = 6;

function Nested({ value, depth = 0 }: { value: unknown; depth?: number }) {
  if (typeof value !== 'object' || value === null) return <span>{String(value)}</span>;
  if (depth >= DEEPEST) return <code className="text-small">{JSON.stringify(value)}</code>;
  return (
    <ul className={depth === 0 ? 'leading-[22px]' : 'ps-3 leading-[22px]'}>
      {Object.entries(value).map(([key, inner]) => (
        <li key={key} className="[overflow-wrap:anywhere]">
          <span className="text-small text-ink-3">{key}</span> <Nested value={inner} depth={depth + 1} />
        </li>
      ))}
    </ul>
  );
}
