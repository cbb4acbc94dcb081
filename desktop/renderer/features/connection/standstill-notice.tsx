import { CircleFadingArrowUp, ServerCog, ShieldAlert } from 'lucide-react';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Notice } from '../../ui/notice.tsx';
import { UpdateButton } from './update-button.tsx';

/** Why sync stands still until somebody does something. */
export function StandstillNotice() {
  const { data: sync } = useQuery('sync.get', {});
  if (!sync?.standstill) return null;
  const { standstill, pending } = sync;
  const kept = pending > 0 ? `${t('{{count}} changes of yours wait here.', { count: pending })} ` : '';
  if (standstill.why === 'not-taken')
    return (
      <Notice
        tone="danger"
        icon={<ShieldAlert size={16} aria-hidden="true" />}
        title={t('The server takes no changes from here')}
      >
        {saidInWords(standstill.message)} {kept}
        {t('Sign out, keep them, and sign in again; if that does not help, ask whoever runs the server.')}
      </Notice>
    );
  if (standstill.why === 'app-too-old')
    return (
      <Notice
        tone="warning"
        icon={<CircleFadingArrowUp size={16} aria-hidden="true" />}
        title={t('Update Switchboard to go on syncing')}
        actions={<UpdateButton />}
      >
        {t(
          'The server no longer sends data to this version. You can go on reading and writing; what you change is still sent.',
        )}
      </Notice>
    );
  return (
    <Notice
      tone="warning"
      icon={<ServerCog size={16} aria-hidden="true" />}
      title={t('The server is older than this app')}
    >
      {kept}
      {t(
        'Keep working: everything is kept on this computer and sent once the server is updated. Whoever runs the server can do that.',
      )}
    </Notice>
  );
}
