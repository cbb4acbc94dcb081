import { useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Check, ListPlus, RotateCcw, User } from 'lucide-react';
import { contactName } from '../../lib/contacts/contact-name.ts';
import { useActions } from '../../lib/actions/actions.tsx';
import { useOfferUndo } from '../../lib/actions/undo.tsx';
import { formatPhone } from '../../lib/format/format-phone.ts';
import { useRunCommand } from '../../lib/use-command.ts';
import { useCountry, useMay } from '../../lib/use-identity.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Score } from '../../ui/score.tsx';
import { useQuickTask, useScreenIsAbout } from '../../lib/quick-task.tsx';
import { MuteMenu } from '../../lib/notifications/mute-menu.tsx';
import { useSeenTexts } from './use-seen-texts.ts';
import { Composer } from './composer.tsx';
import { t } from '../../lib/i18n/t.ts';
import { MessageList } from './message-list.tsx';

/** One conversation: who it is, what was said, and what can be done. */
export function ConversationView({ id, onBack }: { id: string; onBack: (() => void) | null }) {
  const { data: conversation } = useQuery('conversations.get', { id });
  const contactId = conversation?.contactId ?? '';
  const { data: contact } = useQuery('contacts.get', { id: contactId }, { enabled: contactId !== '' });
  const country = useCountry();
  const navigate = useNavigate();
  const run = useRunCommand();
  const offerUndo = useOfferUndo();
  const mayWrite = useMay('AGENT');
  const done = conversation?.status !== 'OPEN';
  const name = contact ? contactName(contact) : '';

  const { ask } = useQuickTask();
  useSeenTexts(id);
  const about = { contactId, conversationId: id, contactName: name };
  useScreenIsAbout(about);

  const Heading = onBack ? 'h1' : 'h2';

  const setStatus = (status: 'OPEN' | 'CLOSED') => run({ name: 'conversations.setStatus', input: { id, status } });
  const close = async () => {
    if (await setStatus('CLOSED'))
      offerUndo({ label: t('Done with {{name}}', { name }), undo: () => void setStatus('OPEN') });
  };
  const openContact = () => void navigate({ to: '/contacts/$id', params: { id: contactId } });
  useActions([
    {
      id: 'conversation.done',
      label: done ? t('Open the conversation again') : t('Mark as done'),
      icon: done ? RotateCcw : Check,
      section: t('Conversation'),
      shortcuts: ['e'],
      when: () => mayWrite && conversation !== undefined,
      run: () => void (done ? setStatus('OPEN') : close()),
    },
    {
      id: 'conversation.contact',
      label: t('Open the contact'),
      icon: User,
      section: t('Conversation'),
      shortcuts: ['o'],
      run: openContact,
    },
    {
      id: 'conversation.task',
      label: t('New task from this conversation'),
      icon: ListPlus,
      section: t('Conversation'),
      shortcuts: ['shift+t'],
      when: () => mayWrite,
      run: () => ask(about),
    },
  ]);
  if (!conversation || !contact) return <div className="thread" />;
  return (
    <section className="thread" aria-label={t('Conversation with {{name}}', { name })}>
      <header className="thread-head">
        {onBack && <IconButton icon={ArrowLeft} label={t('Back to the list')} className="-ms-2" onClick={onBack} />}
        <Avatar name={name} size="m" />
        <div className="min-w-0 flex-1">
          <Heading className="trunc">{name}</Heading>
          <p className="trunc flex items-center gap-2 text-small text-ink-3">
            {contact.phone && <span className="num">{formatPhone(contact.phone, country)}</span>}
            {contact.leadScore !== null && (
              <span className="wide">
                <Score score={contact.leadScore} />
              </span>
            )}
          </p>
        </div>
        {mayWrite && (
          <IconButton
            icon={ListPlus}
            label={t('New task from this conversation')}
            shortcut="shift+t"
            onClick={() => ask(about)}
          />
        )}
        <MuteMenu conversationId={id} />
        <Button icon={User} look="ghost" shortcut="o" onClick={openContact}>
          <span className="max-[640px]:sr-only">{t('Contact')}</span>
        </Button>
        {mayWrite && (
          <Button
            icon={done ? RotateCcw : Check}
            shortcut="e"
            onClick={() => void (done ? setStatus('OPEN') : close())}
          >
            {done ? t('Open again') : t('Done', { context: 'verb' })}
          </Button>
        )}
      </header>
      <MessageList conversationId={id} who={name} />
      <Composer contact={contact} />
    </section>
  );
}
