import { contactName } from '../../lib/contact-name.ts';
import { conversationIdOf } from '../../../../shared/inbox/message.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Composer } from './composer.tsx';
import { t } from '../../lib/i18n/t.ts';
import { useSeenTexts } from './use-seen-texts.ts';
import { MessageList } from './message-list.tsx';

/** The texts with one contact and where the next one is written. There may be none yet: the first one makes the conversation. */
export function ContactThread({ contactId }: { contactId: string }) {
  const { data: contact } = useQuery('contacts.get', { id: contactId });
  useSeenTexts(conversationIdOf(contactId, 'sms'));
  if (!contact) return <div className="thread" />;
  return (
    <section className="thread" aria-label={t('Texts')}>
      <MessageList key={contactId} conversationId={conversationIdOf(contactId, 'sms')} who={contactName(contact)} />
      <Composer contact={contact} />
    </section>
  );
}
