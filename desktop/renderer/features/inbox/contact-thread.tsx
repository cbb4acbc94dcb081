import { contactName } from '../../lib/contacts/contact-name.ts';
import { conversationIdOf } from '../../../../shared/inbox/message.ts';
import { MuteMenu } from '../../lib/notifications/mute-menu.tsx';
import { useQuery } from '../../lib/use-query.ts';
import { Composer } from './composer.tsx';
import { t } from '../../lib/i18n/t.ts';
import { useSeenTexts } from './use-seen-texts.ts';
import { MessageList } from './message-list.tsx';

/** The texts with one contact and where the next one is written. There may be none yet: the first one makes the conversation. */
export function ContactThread({ contactId }: { contactId: string }) {
  const { data: contact } = useQuery('contacts.get', { id: contactId });
  const conversationId = conversationIdOf(contactId, 'sms');
  const { data: conversation } = useQuery('conversations.get', { id: conversationId });
  useSeenTexts(conversationId);
  if (!contact) return <div className="thread" />;
  return (
    <section className="thread" aria-label={t('Texts')}>
      {conversation && (
        <header className="flex items-center gap-2 border-b border-line-hairline px-4 py-1">
          <h2 className="h-sect !mb-0 flex-1">{t('Texts')}</h2>
          <MuteMenu small conversationId={conversationId} />
        </header>
      )}
      <MessageList key={contactId} conversationId={conversationId} who={contactName(contact)} />
      <Composer contact={contact} />
    </section>
  );
}
