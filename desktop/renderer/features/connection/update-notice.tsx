import { CircleFadingArrowUp, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { UpdateState } from '../../../../shared/bridge/host-contract.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { hasUnsentText } from '../../lib/host.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { showError } from '../../ui/toaster.tsx';

type Words = { title: string; text: string; act: string | null };

/** What is worth saying about an update; null for what goes on by itself. */
export function updateWords(update: UpdateState): Words | null {
  switch (update.status) {
    case 'ready':
      return {
        title: t('Version {{version}} is ready', { version: update.version }),
        text: t('It starts when you restart Switchboard. Nothing you have written is lost.'),
        act: t('Restart to update'),
      };
    case 'held':
      return {
        title: t('Version {{version}} waits', { version: update.version }),
        text: t('It starts when this is over: {{because}}.', { because: saidInWords(update.because) }),
        act: null,
      };
    case 'failed':
      return {
        title: t('The update did not work'),
        text: `${saidInWords(update.message)} ${t('This version goes on as before.')}`,
        act: t('Try again'),
      };
    case 'returned':
      return {
        title: t('Back on version {{version}}', { version: update.to }),
        text: t(
          'Version {{version}} ended right after its start, three times. Your data is as it was. It is not offered again.',
          { version: update.from },
        ),
        act: null,
      };
    default:
      return null;
  }
}

/** Says that a new version is ready, waits or failed. It never restarts by itself. */
export function UpdateNotice() {
  const bridge = useBridge();
  const { data: update } = useQuery('update.state', {});
  const [closed, setClosed] = useState<string | null>(null);
  const words = update && updateWords(update);
  if (!update || !words || closed === words.title) return null;
  const act = async () => {
    if (update.status === 'ready')
      await bridge.call('update.hold', { because: hasUnsentText() ? t('there is text you have not sent') : null });
    const reply = await bridge.call(update.status === 'ready' ? 'update.install' : 'update.check', {});
    if ('error' in reply) showError(reply.error);
  };
  const Icon = update.status === 'returned' ? Undo2 : CircleFadingArrowUp;
  return (
    <Notice
      tone="offline"
      icon={<Icon size={16} aria-hidden="true" />}
      title={words.title}
      actions={
        <span className="flex gap-1">
          {words.act && (
            <Button size="sm" onClick={() => void act()}>
              {words.act}
            </Button>
          )}
          <Button size="sm" look="ghost" onClick={() => setClosed(words.title)}>
            {t('Later')}
          </Button>
        </span>
      }
    >
      {words.text}
    </Notice>
  );
}
