import { ArrowDown, ArrowUp, Columns3, GripVertical } from 'lucide-react';
import { Popover } from 'radix-ui';
import { PAGE_SIZES } from '../../../../../../shared/segments/contact-view.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { IconButton } from '../../../../ui/button.tsx';
import { useDragOrder } from '../../../../ui/controls/use-drag-order.ts';
import { listColumns } from '../columns/list-columns.tsx';
import type { ColumnKey } from '../columns/list-view.ts';
import { useContactList } from '../contact-list-state.tsx';

/** Which columns there are and in what order, and whether the list comes in pages. */
export function ColumnsMenu() {
  const { list, change } = useContactList();
  const all = listColumns();
  const labelOf = (key: ColumnKey) => all.find((column) => column.key === key)?.label ?? key;
  const chosen = list.columns.map(({ key }) => key);
  const rest = all.filter(({ key }) => !chosen.includes(key));
  const move = (from: number, to: number) => {
    const columns = [...list.columns];
    const [moved] = columns.splice(from, 1);
    if (moved && to >= 0 && to <= columns.length) change({ columns: columns.toSpliced(to, 0, moved) });
  };
  const drag = useDragOrder(move);
  return (
    <Popover.Root>
      <Popover.Trigger className="btn ghost sq wide" aria-label={t('Columns')} title={t('Columns')}>
        <Columns3 size={16} aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu w-72 p-2"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t('Columns')}
        >
          <ul aria-label={t('Columns')}>
            {list.columns.map(({ key }, place) => (
              <li key={key} className="flex items-center gap-1" {...drag(place).row}>
                <span {...drag(place).handle} className="drag-handle !mx-0" aria-hidden="true">
                  <GripVertical size={14} />
                </span>
                <label className="menu-item flex-1">
                  <input
                    className="check"
                    type="checkbox"
                    checked
                    disabled={key === 'name'}
                    onChange={() => change({ columns: list.columns.filter((column) => column.key !== key) })}
                  />
                  <span className="trunc">{labelOf(key)}</span>
                </label>
                <IconButton
                  size="sm"
                  icon={ArrowUp}
                  label={t('{{column}} further to the front', { column: labelOf(key) })}
                  disabled={place === 0}
                  onClick={() => move(place, place - 1)}
                />
                <IconButton
                  size="sm"
                  icon={ArrowDown}
                  label={t('{{column}} further to the back', { column: labelOf(key) })}
                  disabled={place === list.columns.length - 1}
                  onClick={() => move(place, place + 1)}
                />
              </li>
            ))}
            {rest.map(({ key, label }) => (
              <li key={key} className="ps-6">
                <label className="menu-item">
                  <input
                    className="check"
                    type="checkbox"
                    checked={false}
                    onChange={() => change({ columns: [...list.columns, { key }] })}
                  />
                  <span className="trunc">{label}</span>
                </label>
              </li>
            ))}
          </ul>
          <div className="menu-rule" />
          <label className="flex items-center gap-2 px-2 py-1">
            <span className="flex-1 text-ink-2">{t('Rows on a page')}</span>
            <span className="field">
              <select
                value={list.pageSize ?? ''}
                onChange={(event) =>
                  change({ pageSize: PAGE_SIZES.find((size) => String(size) === event.target.value) })
                }
              >
                <option value="">{t('One long list')}</option>
                {PAGE_SIZES.map((size) => (
                  <option key={size} value={size}>
                    {size}
                  </option>
                ))}
              </select>
            </span>
          </label>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
