import { Button } from './button.tsx';
import { t } from '../lib/i18n/t.ts';
import { Modal } from './modal.tsx';

type ConfirmProps = {
  title: string;
  description: string;
  confirmLabel: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => void;
};

/** For what cannot be undone, and only for that. */
export function Confirm({ title, description, confirmLabel, open, onOpenChange, onConfirm }: ConfirmProps) {
  return (
    <Modal title={title} description={description} open={open} onOpenChange={onOpenChange}>
      <div className="flex justify-end gap-2">
        <Button autoFocus onClick={() => onOpenChange(false)}>
          {t('Cancel')}
        </Button>
        <Button
          look="danger"
          onClick={() => {
            onOpenChange(false);
            onConfirm();
          }}
        >
          {confirmLabel}
        </Button>
      </div>
    </Modal>
  );
}
