import { formatCount } from '../../../../lib/format/format-count.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { Confirm } from '../../../../ui/confirm.tsx';

type DeleteManyProps = { open: boolean; count: number; onClose: () => void; onDelete: () => void };

/** Deleting many is asked once, with how many, although it can be undone. */
export function DeleteMany({ open, count, onClose, onDelete }: DeleteManyProps) {
  return (
    <Confirm
      title={t('Delete {{number}} contacts?', { number: formatCount(count), count })}
      description={t('Their notes, tags, tasks and conversations go with them. They can be brought back for 30 days.')}
      confirmLabel={t('Delete')}
      open={open}
      onOpenChange={(next) => !next && onClose()}
      onConfirm={onDelete}
    />
  );
}
