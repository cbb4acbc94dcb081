import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { t } from '../lib/i18n/t.ts';
import type { ReactNode } from 'react';
import { useFocusBack } from './use-focus-back.ts';

type ModalProps = {
  title: string;
  description?: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
  wide?: boolean;
};

/** A dialog; at 640 px and below a sheet from the bottom. */
export function Modal({ title, description, open, onOpenChange, children, wide = false }: ModalProps) {
  const giveFocusBack = useFocusBack(open);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          className="modal"
          onCloseAutoFocus={giveFocusBack}
          data-wide={wide || undefined}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className="mb-3 flex items-start gap-2">
            <Dialog.Title className="modal-title flex-1">{title}</Dialog.Title>
            <Dialog.Close className="btn ghost sq sm -mt-0.5 -me-1" aria-label={t('Close')}>
              <X size={14} aria-hidden="true" />
            </Dialog.Close>
          </div>
          {description && <Dialog.Description className="-mt-1 mb-3 text-ink-2">{description}</Dialog.Description>}
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
