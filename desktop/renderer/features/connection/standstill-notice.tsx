import { CircleFadingArrowUp, ServerCog, ShieldAlert } from 'lucide-react';
import { useBridge } from '../../lib/bridge-context.tsx';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useHost } from '../../lib/host.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { showError } from '../../ui/toaster.tsx';

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

function UpdateButton() {
  const bridge = useBridge();
  const host = useHost();
  const { data: update } = useQuery('update.state', {});
  if (!host?.can.update || !update || update.status === 'ready' || update.status === 'held') return null;
  const busy = update.status === 'checking' || update.status === 'downloading';
  const check = async () => {
    const reply = await bridge.call('update.check', {});
    if ('error' in reply) showError(reply.error);
  };
  return (
    <Button size="sm" disabled={busy} onClick={() => void check()}>
      {update.status === 'downloading'
        ? t('Downloading, {{percent}}%', { percent: Math.round(update.percent) })
        : busy
          ? t('Looking…')
          : t('Update')}
    </Button>
  );
}
