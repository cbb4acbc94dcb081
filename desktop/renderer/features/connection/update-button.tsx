import { useBridge } from '../../lib/bridge-context.tsx';
import { useHost } from '../../lib/host.ts';
import { t } from '../../lib/i18n/t.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { showError } from '../../ui/toaster.tsx';

/** Looks for a new version and fetches it, where the host can. Once there is one the notice about it says so. */
export function UpdateButton() {
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
