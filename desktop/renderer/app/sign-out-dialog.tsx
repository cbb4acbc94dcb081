import { plural } from '../lib/format/format-count.ts';
import { useBridge } from '../lib/bridge-context.tsx';
import { useQuery } from '../lib/use-query.ts';
import { Button } from '../ui/button.tsx';
import { Modal } from '../ui/modal.tsx';
import { showError } from '../ui/toaster.tsx';

type SignOutDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Signing out with unsent changes asks what becomes of them; without, it only asks whether. */
export function SignOutDialog({ open, onOpenChange }: SignOutDialogProps) {
  const bridge = useBridge();
  const { data: sync } = useQuery('sync.get', {});
  const unsent = (sync?.pending ?? 0) + (sync?.refused ?? 0);
  const signOut = async (choice: 'keep' | 'discard') => {
    onOpenChange(false);
    const reply = await bridge.call('session.signOut', { unsent: choice });
    if ('error' in reply) showError(reply.error);
  };
  const description =
    unsent > 0
      ? `${plural(unsent, 'change')} did not reach the server yet. Kept changes stay on this computer and are sent when you sign in here again. Discarded ones are gone.`
      : 'Everything is saved. The copy of your contacts on this computer is removed.';
  return (
    <Modal title="Sign out?" description={description} open={open} onOpenChange={onOpenChange}>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        {unsent > 0 && (
          <Button look="danger" onClick={() => void signOut('discard')}>
            Discard and sign out
          </Button>
        )}
        <Button look="primary" onClick={() => void signOut('keep')}>
          {unsent > 0 ? 'Keep and sign out' : 'Sign out'}
        </Button>
      </div>
    </Modal>
  );
}
