import { CloudDownload } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useBridge } from '../../lib/bridge-context.tsx';
import { useQuery } from '../../lib/use-query.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { Button } from '../../ui/button.tsx';

type OlderMessagesProps = { conversationId: string; onFetched: () => void };

/** Where this computer's texts begin and the server has earlier ones: they load when one scrolls here with a line. */
export function OlderMessages({ conversationId, onFetched }: OlderMessagesProps) {
  const bridge = useBridge();
  const { data: sync } = useQuery('sync.get', {});
  const [state, setState] = useState<'idle' | 'busy' | 'all-here'>('idle');
  const [error, setError] = useState<string | null>(null);
  const offline = sync?.status === 'offline';
  const fetchOlder = async () => {
    setState('busy');
    const reply = await bridge.call('messages.fetchOlder', { conversationId });
    setError('error' in reply ? saidInWords(reply.error.message) : null);
    if ('data' in reply && reply.data.fetched > 0) onFetched();
    setState('data' in reply && !reply.data.more ? 'all-here' : 'idle');
  };
  const mark = useRef<HTMLDivElement>(null);
  const scrolledHere = useRef<() => void>(() => {});
  useEffect(() => {
    scrolledHere.current = () => {
      if (!offline && state === 'idle' && error === null) void fetchOlder();
    };
  });
  useEffect(() => {
    const { current } = mark;
    if (!current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && scrolledHere.current());
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  if (state === 'all-here') return null;
  return (
    <div ref={mark} className="grid justify-items-center gap-1 self-center py-2 text-small text-ink-3">
      {offline ? (
        <p>{t('Older messages are on the server; they load when you are online.')}</p>
      ) : (
        <Button
          size="sm"
          look="ghost"
          icon={CloudDownload}
          disabled={state === 'busy'}
          onClick={() => void fetchOlder()}
        >
          {state === 'busy' ? t('Loading older texts') : t('Load older texts')}
        </Button>
      )}
      {error && <p role="alert">{error}</p>}
    </div>
  );
}
