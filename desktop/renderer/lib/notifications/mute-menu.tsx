import { Bell, BellOff } from 'lucide-react';
import { useState } from 'react';
import { muteConversation, unmuteConversation } from '../../../../shared/notifications/notification-operations.ts';
import { useActions, type Action } from '../actions/actions.tsx';
import { formatMoment } from '../format/format-time.ts';
import { t } from '../i18n/t.ts';
import { useNow } from '../use-now.ts';
import { useRunOperation } from '../operations/use-operation.ts';
import { useQuery } from '../use-query.ts';
import { IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';

const HOUR = 3_600_000;
const MORNING = 8;

/** Eight in the morning of the next day. */
const tomorrowMorning = (now: number): number => {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, MORNING).getTime();
};

type MuteMenuProps = {
  conversationId: string;
  /** One of many on a page: without a key of its own. */
  small?: boolean;
};

/** No banners for one conversation, for a while or for good. The bell still keeps them. */
export function MuteMenu({ conversationId, small = false }: MuteMenuProps) {
  const run = useRunOperation();
  const now = useNow();
  const [open, setOpen] = useState(false);
  const { data: mutes = [] } = useQuery('mutes.list', {});
  const mute = mutes.find((one) => one.conversationId === conversationId && (one.until === null || one.until > now));
  const until = (at: number | null) => void run(muteConversation, { conversationId, until: at });
  const unmute = () => void run(unmuteConversation, { conversationId });
  const acts: Action[] = [
    {
      id: 'conversation.mute',
      label: mute ? t('Banners for this conversation again') : t('Mute the conversation'),
      icon: mute ? Bell : BellOff,
      section: t('Conversation'),
      shortcuts: ['m'],
      run: () => (mute ? unmute() : setOpen(true)),
    },
  ];
  useActions(small ? [] : acts);
  if (mute) {
    const words =
      mute.until === null
        ? t('Muted for good. Press for banners again')
        : t('Muted until {{when}}. Press for banners again', { when: formatMoment(mute.until, now) });
    return (
      <IconButton
        size={small ? 'sm' : 'md'}
        icon={BellOff}
        label={words}
        shortcut={small ? undefined : 'm'}
        aria-pressed="true"
        onClick={unmute}
      />
    );
  }
  return (
    <Menu
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          className={`btn ghost sq ${small ? 'sm' : 'md'}`}
          aria-label={t('Mute the conversation')}
          title={t('Mute the conversation')}
        >
          <Bell size={small ? 14 : 16} aria-hidden="true" />
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
