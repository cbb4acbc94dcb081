import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { SignInForm } from '../../features/auth/sign-in-form.tsx';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Modal } from '../../ui/modal.tsx';
import { t } from '../../lib/i18n/t.ts';
import { Notice } from '../../ui/notice.tsx';

/** The server ended the session. Work goes on; sending waits for a sign-in. */
export function ExpiredNotice() {
  const { data: session } = useQuery('session.get', {});
  const expired = session?.status === 'signed-in' && session.expired;
  return expired ? <SignInAgain email={session.identity.email} /> : null;
}

function SignInAgain({ email }: { email: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Notice
        tone="warning"
        icon={<KeyRound size={16} aria-hidden="true" />}
        title={t('Sign in again to sync')}
        actions={
          <Button size="sm" onClick={() => setOpen(true)}>
            {t('Sign in')}
          </Button>
        }
      >
        {t('Keep working: your changes are kept on this computer and sent after you sign in.')}
      </Notice>
      <Modal title={t('Sign in again')} open={open} onOpenChange={setOpen}>
        <SignInForm left={[]} email={email} again />
      </Modal>
    </>
  );
}
