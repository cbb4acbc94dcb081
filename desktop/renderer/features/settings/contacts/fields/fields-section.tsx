import { PencilLine, Plus } from 'lucide-react';
import { useState } from 'react';
import {
  defineAttribute,
  deleteAttribute,
  updateAttribute,
} from '../../../../../../shared/contacts/attribute-operations.ts';
import { pathOfKeys } from '../../../../../../shared/segments/attribute-path.ts';
import type { WorkspaceItem } from '../../../../../../shared/workspace/workspace-item.ts';
import { formatList } from '../../../../lib/format/format-list.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useRunOperation } from '../../../../lib/operations/use-operation.ts';
import { useRoleReason } from '../../../../lib/operations/use-reasons.ts';
import { useQuery } from '../../../../lib/use-query.ts';
import { IconButton } from '../../../../ui/button.tsx';
import { Confirm } from '../../../../ui/confirm.tsx';
import { ReasonButton } from '../../../../ui/controls/reason-button.tsx';
import { useDragOrder } from '../../../../ui/controls/use-drag-order.ts';
import { RoleNote, SettingPage, SettingPart } from '../../setting-parts.tsx';
import { Read } from '../../setting-read.tsx';
import { OrderRow } from '../order-row.tsx';
import { moved, placesToTell } from '../place-order.ts';
import { FieldDialog, typeWords } from './field-dialog.tsx';

type Attribute = WorkspaceItem<'attribute'>;

/** What a workspace knows about its contacts besides what everybody does. */
export function FieldsSection() {
  const read = useQuery('contacts.setup', {});
  const run = useRunOperation();
  const denied = useRoleReason(defineAttribute.role);
  const [open, setOpen] = useState<Attribute | 'new' | null>(null);
  const [deleting, setDeleting] = useState<Attribute | null>(null);
  const attributes = read.data?.attributes ?? [];
  const change = (attribute: Attribute, fields: Partial<Attribute>) =>
    run(updateAttribute, { ...attribute, ...fields });
  const move = async (from: number, to: number) => {
    for (const { one, displayOrder } of placesToTell(moved(attributes, from, to))) await change(one, { displayOrder });
  };
  const drag = useDragOrder((from, to) => void move(from, to));
  return (
    <SettingPage
      title={t('Contact fields')}
      lead={t('Fields of your own stand on every contact, in filters and in imports, in this order.')}
    >
      <RoleNote role={defineAttribute.role} />
      <SettingPart
        title={t('Fields')}
        aside={
          <ReasonButton reason={denied} size="sm" icon={Plus} onClick={() => setOpen('new')}>
            {t('New field')}
          </ReasonButton>
        }
      >
        <Read of={read}>
          {() =>
            attributes.length === 0 ? (
              <p className="text-small text-ink-3">
                {t('There is no field of your own yet. One could be the type of heating, or the date of the contract.')}
              </p>
            ) : (
              <ul className="set-card set-list">
                {attributes.map((attribute, place) => (
                  <OrderRow
                    key={attribute.id}
                    name={attribute.label}
                    denied={denied}
                    place={place}
                    count={attributes.length}
                    drag={drag(place)}
                    onRename={(label) => void change(attribute, { label })}
                    onMove={(to) => void move(place, to)}
                    onDelete={() => setDeleting(attribute)}
                    after={
                      <>
                        <span className="field-facts">
                          <code className="trunc">{attribute.key}</code>
                          <span className="trunc">{factsOf(attribute)}</span>
                        </span>
                        <IconButton
                          size="sm"
                          icon={PencilLine}
                          label={denied ?? t('Change {{name}}', { name: attribute.label })}
                          disabled={denied !== null}
                          onClick={() => setOpen(attribute)}
                        />
                      </>
                    }
                  />
                ))}
              </ul>
            )
          }
        </Read>
      </SettingPart>
      {open !== null && (
        <FieldDialog known={open === 'new' ? null : open} attributes={attributes} onClose={() => setOpen(null)} />
      )}
      {deleting && <DeleteField attribute={deleting} onClose={() => setDeleting(null)} />}
    </SettingPage>
  );
}

function factsOf({ type, choices }: Attribute): string {
  const word = typeWords()[type];
  return type === 'choice' && choices?.length
    ? t('{{type}}: {{choices}}', { type: word, choices: formatList(choices, 'or') })
    : word;
}

/** Counted only when it is asked: a value of an attribute may be anywhere. */
function DeleteField({ attribute, onClose }: { attribute: Attribute; onClose: () => void }) {
  const run = useRunOperation();
  const { data } = useQuery('contacts.matching', {
    rule: { field: 'attribute', path: pathOfKeys([attribute.key]), op: 'exists' },
    sample: 0,
  });
  const has = data
    ? t('{{count}} contacts have a value in it.', { count: data.count })
    : t('Counting who has a value in it…');
  return (
    <Confirm
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('Delete {{name}}?', { name: attribute.label })}
      description={`${has} ${t('They keep it, under the key {{key}}.', { key: attribute.key })}`}
      confirmLabel={t('Delete')}
      onConfirm={() => void run(deleteAttribute, { id: attribute.id })}
    />
  );
}
