import { Button } from '../../ui/button.tsx';
import { Modal } from '../../ui/modal.tsx';
import { t } from '../../lib/i18n/t.ts';
import { useSignOut } from './use-sign-out.ts';

type SignOutDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Signing out with unsent changes asks what becomes of them. Without any, nobody is asked. */
export function SignOutDialog({ open, onOpenChange }: SignOutDialogProps) {
  const { unsent, signOut } = useSignOut();
  const choose = (choice: 'keep' | 'discard') => {
    onOpenChange(false);
    void signOut(choice);
  };
  return (
    <Modal
      title={t('Sign out with {{count}} unsent changes?', { count: unsent })}
      description={t(
        'Kept changes stay on this computer and are sent when you sign in here again. Discarded ones are gone.',
      )}
      open={open}
      onOpenChange={onOpenChange}
    >
      <div className="flex flex-wrap justify-end gap-2">
        <Button autoFocus onClick={() => onOpenChange(false)}>
          {t('Cancel')}
        </Button>
        <Button look="danger" onClick={() => choose('discard')}>
          {t('Discard and sign out')}
        </Button>
        <Button look="primary" onClick={() => choose('keep')}>
          {t('Keep and sign out')}
        </Button>
      </div>
    </Modal>
  );
}
