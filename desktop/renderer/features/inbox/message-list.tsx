import { useState } from 'react';
import type { MessageRow } from '../../../../shared/bridge/contacts-contract.ts';
import { daysBetween, formatDay } from '../../lib/format/format-time.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { useNow } from '../../lib/use-now.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { MessageBubble } from './message-bubble.tsx';
import { t } from '../../lib/i18n/t.ts';
import { OlderMessages } from './older-messages.tsx';

const PAGE = 50;
/** As many as one fetch of older texts may bring. */
const OLDER = 200;
const GROUP_MS = 5 * 60_000;

/** A new last text means a new end mark, and a new mark scrolls itself into sight. */
function showEnd(mark: HTMLElement | null): void {
  mark?.scrollIntoView({ block: 'end' });
}

/** The conversation, oldest first, resting at its end. */
export function MessageList({ conversationId, who }: { conversationId: string; who: string }) {
  const [limit, setLimit] = useState(PAGE);
  const { data } = useQuery('messages.list', { conversationId, limit }, { keep: true });
  const now = useNow();
  const bridge = useBridge();
  const rows = data?.rows ?? [];
  const lastId = rows.at(-1)?.id;
  const readBack = () => {
    setLimit(limit + PAGE);
    // Only tells what may be dropped last: nothing to show when it fails.
    void bridge.call('messages.readBack', { conversationId });
  };

  return (
    <div className="msgs" role="log" aria-label={t('Texts with {{name}}', { name: who })} tabIndex={0}>
      {data?.more && (
        <Button size="sm" look="ghost" className="self-center" onClick={readBack}>
          {t('Earlier texts')}
        </Button>
      )}
      {data?.older && <OlderMessages conversationId={conversationId} onFetched={() => setLimit(limit + OLDER)} />}
      {data && rows.length === 0 && !data.older && (
        <p className="m-auto text-ink-3">{t('No texts yet. The first one goes out from here.')}</p>
      )}
      {rows.map((message, index) => (
        <MessageWithDay key={message.id} message={message} before={rows[index - 1]} after={rows[index + 1]} now={now} />
      ))}
      <div key={lastId} ref={showEnd} />
    </div>
  );
}

type InPlace = { message: MessageRow; before: MessageRow | undefined; after: MessageRow | undefined; now: number };

function MessageWithDay({ message, before, after, now }: InPlace) {
  const newDay = !before || daysBetween(before.createdAt, message.createdAt) !== 0;
  // one line of metadata per group: same side, same state, close in time
  const continues =
    after !== undefined &&
    after.direction === message.direction &&
    after.status === message.status &&
    after.pending === message.pending &&
    message.status !== 'failed' &&
    after.createdAt - message.createdAt < GROUP_MS &&
    daysBetween(message.createdAt, after.createdAt) === 0;
  return (
    <>
      {newDay && (
        <div className="rule" role="separator">
          {formatDay(message.createdAt, now)}
        </div>
      )}
      <MessageBubble message={message} withMeta={!continues} />
    </>
  );
}
