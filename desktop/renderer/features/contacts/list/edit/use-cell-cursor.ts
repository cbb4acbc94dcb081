import { ArrowLeft, ArrowRight, PencilLine } from 'lucide-react';
import { useEffect, useState, type RefObject } from 'react';
import type { ContactRow } from '../../../../../../shared/bridge/contacts-contract.ts';
import { useActions } from '../../../../lib/actions/actions.tsx';
import { ahead } from '../../../../lib/i18n/ahead.ts';
import { useAnnounce } from '../../../../lib/announce.tsx';
import { t } from '../../../../lib/i18n/t.ts';
import { useMay } from '../../../../lib/use-identity.ts';
import type { FittedColumn } from '../columns/fit-columns.ts';
import type { ColumnKey } from '../columns/list-view.ts';
import { isEditable, type EditedCell } from './cell-editor.tsx';

type CellCursorArgs = {
  columns: readonly FittedColumn[];
  current: number;
  currentRow: ContactRow | null | undefined;
  grid: RefObject<HTMLElement | null>;
  onEdit: (cell: EditedCell) => void;
};

/** The cursor within a row: ← and → move it, F2 or a double click changes the value under it. */
export function useCellCursor({ columns, current, currentRow, grid, onEdit }: CellCursorArgs): ColumnKey | null {
  const announce = useAnnounce();
  const mayEdit = useMay('AGENT');
  const [column, setColumn] = useState<ColumnKey | null>(null);
  const at = columns.findIndex(({ key }) => key === column);
  const moveTo = (index: number) => {
    const next = columns[Math.max(0, Math.min(columns.length - 1, index))];
    if (!next) return;
    setColumn(next.key);
    announce(isEditable(next.key) ? t('{{column}}, F2 to change', { column: next.label }) : next.label);
  };
  const edit = (key: ColumnKey, row: ContactRow, index: number) => {
    const anchor = grid.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-column="${key}"]`);
    if (anchor && isEditable(key) && mayEdit) onEdit({ row, column: key, anchor });
  };
  const keys = { section: t('List'), keyOnly: true, when: () => currentRow !== null && currentRow !== undefined };
  useActions([
    {
      ...keys,
      id: 'contacts.cellRight',
      label: t('Next value of the row'),
      icon: ArrowRight,
      shortcuts: ['arrowright'],
      run: () => moveTo(at + ahead()),
    },
    {
      ...keys,
      id: 'contacts.cellLeft',
      label: t('Previous value of the row'),
      icon: ArrowLeft,
      shortcuts: ['arrowleft'],
      run: () => moveTo(at - ahead()),
    },
    {
      ...keys,
      id: 'contacts.cellEdit',
      label: t('Change the value'),
      icon: PencilLine,
      shortcuts: ['f2'],
      run: () => currentRow && edit(column ?? 'name', currentRow, current),
    },
  ]);
  useEffect(() => {
    const element = grid.current;
    if (!element || !currentRow) return undefined;
    const onDouble = (event: MouseEvent) => {
      const target = (event.target as HTMLElement).closest<HTMLElement>('[data-column]');
      const index = Number(target?.closest<HTMLElement>('[data-index]')?.dataset['index']);
      const key = target?.dataset['column'] as ColumnKey | undefined;
      if (key && index === current && mayEdit && target && isEditable(key))
        onEdit({ row: currentRow, column: key, anchor: target });
    };
    const onClick = (event: MouseEvent) => {
      const key = (event.target as HTMLElement).closest<HTMLElement>('[data-column]')?.dataset['column'];
      if (key) setColumn(key as ColumnKey);
    };
    element.addEventListener('dblclick', onDouble);
    element.addEventListener('click', onClick);
    return () => {
      element.removeEventListener('dblclick', onDouble);
      element.removeEventListener('click', onClick);
    };
  }, [grid, current, currentRow, mayEdit, onEdit]);
  return column;
}
