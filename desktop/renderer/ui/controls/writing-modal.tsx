import { useState, type ComponentProps } from 'react';
import { t } from '../../lib/i18n/t.ts';
import { Confirm } from '../confirm.tsx';
import { Modal } from '../modal.tsx';

type WritingModalProps = Omit<ComponentProps<typeof Modal>, 'onOpenChange'> & {
  /** Something was typed that is kept nowhere else. */
  unsaved: boolean;
  onClose: () => void;
};

/** A dialog in which somebody writes: Escape, the cross and a click beside it ask before what was typed is gone. */
export function WritingModal({ unsaved, onClose, ...modal }: WritingModalProps) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Modal
        {...modal}
        onOpenChange={(open) => {
          if (open) return;
          if (unsaved) setAsking(true);
          else onClose();
        }}
      />
      <DiscardQuestion open={asking} onOpenChange={setAsking} onDiscard={onClose} />
    </>
  );
}

type DiscardQuestionProps = { open: boolean; onOpenChange: (open: boolean) => void; onDiscard: () => void };

export const DiscardQuestion = ({ open, onOpenChange, onDiscard }: DiscardQuestionProps) => (
  <Confirm
    open={open}
    onOpenChange={onOpenChange}
    title={t('Throw away what you typed?')}
    description={t('It was not saved and is kept nowhere else.')}
    confirmLabel={t('Throw away')}
    onConfirm={onDiscard}
  />
);
