import { HardDrive } from 'lucide-react';
import { useBridge } from '../lib/bridge-context.tsx';
import { useQuery } from '../lib/use-query.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { saidInWords } from '../lib/i18n/said-in-words.ts';
import { t } from '../lib/i18n/t.ts';
import { showError } from '../ui/toaster.tsx';

/** What became of the data on this computer without anybody asking for it. Stays until it is read. */
export function ReplicaNotice() {
  const bridge = useBridge();
  const { data: sync } = useQuery('sync.get', {});
  if (!sync?.notice) return null;
  const dismiss = async () => {
    const reply = await bridge.call('sync.dismissNotice', {});
    if ('error' in reply) showError(reply.error);
  };
  return (
    <Notice
      tone="warning"
      icon={<HardDrive size={16} aria-hidden="true" />}
      title={t('The data on this computer was begun anew')}
      actions={
        <Button size="sm" onClick={() => void dismiss()}>
          {t('Dismiss')}
        </Button>
      }
    >
      {saidInWords(sync.notice)}
    </Notice>
  );
}
