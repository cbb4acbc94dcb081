import { Button } from './button.tsx';
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
          Cancel
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
