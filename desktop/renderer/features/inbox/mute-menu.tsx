import { Bell, BellOff } from 'lucide-react';
import { useState } from 'react';
import { muteConversation, unmuteConversation } from '../../../../shared/notifications/notification-operations.ts';
import { useActions } from '../../lib/actions/actions.tsx';
import { formatMoment } from '../../lib/format/format-time.ts';
import { t } from '../../lib/i18n/t.ts';
import { useNow } from '../../lib/use-now.ts';
import { useRunOperation } from '../../lib/operations/use-operation.ts';
import { useQuery } from '../../lib/use-query.ts';
import { IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';

const HOUR = 3_600_000;
const MORNING = 8;

/** Eight in the morning of the next day. */
const tomorrowMorning = (now: number): number => {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, MORNING).getTime();
};

/** No banners for one conversation, for a while or for good. The bell still keeps them. */
export function MuteMenu({ conversationId }: { conversationId: string }) {
  const run = useRunOperation();
  const now = useNow();
  const [open, setOpen] = useState(false);
  const { data: mutes = [] } = useQuery('mutes.list', {});
  const mute = mutes.find((one) => one.conversationId === conversationId && (one.until === null || one.until > now));
  const until = (at: number | null) => void run(muteConversation, { conversationId, until: at });
  const unmute = () => void run(unmuteConversation, { conversationId });
  useActions([
    {
      id: 'conversation.mute',
      label: mute ? t('Banners for this conversation again') : t('Mute the conversation'),
      icon: mute ? Bell : BellOff,
      section: t('Conversation'),
      shortcuts: ['m'],
      run: () => (mute ? unmute() : setOpen(true)),
    },
  ]);
  if (mute) {
    const words =
      mute.until === null
        ? t('Muted for good. Press for banners again')
        : t('Muted until {{when}}. Press for banners again', { when: formatMoment(mute.until, now) });
    return <IconButton icon={BellOff} label={words} shortcut="m" aria-pressed="true" onClick={unmute} />;
  }
  return (
    <Menu
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          className="btn ghost sq"
          aria-label={t('Mute the conversation')}
          title={t('Mute the conversation')}
        >
          <Bell size={16} aria-hidden="true" />
        </button>
      }
    >
      <MenuItem label={t('Mute for 1 hour')} onSelect={() => until(Date.now() + HOUR)} />
      <MenuItem label={t('Mute for 8 hours')} onSelect={() => until(Date.now() + 8 * HOUR)} />
      <MenuItem label={t('Mute until tomorrow')} onSelect={() => until(tomorrowMorning(Date.now()))} />
      <MenuItem label={t('Mute for good')} onSelect={() => until(null)} />
    </Menu>
  );
}
