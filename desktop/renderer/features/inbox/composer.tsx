import { Ban, Clock, Send } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { ContactDetail } from '../../../../shared/bridge/contacts-contract.ts';
import { contactName } from '../../lib/contacts/contact-name.ts';
import { SMS_MAX_LENGTH } from '../../../../shared/inbox/message.ts';
import { countSmsSegments } from '../../../../shared/inbox/sms-segments.ts';
import { useActions } from '../../lib/actions/actions.tsx';
import { formatCount } from '../../lib/format/format-count.ts';
import { formatMoment } from '../../lib/format/format-time.ts';
import { useOnce } from '../../lib/operations/use-once.ts';
import { useUnsentText } from '../../lib/operations/unsent-text.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useMay } from '../../lib/use-identity.ts';
import { useNow } from '../../lib/use-now.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { FieldError } from '../../ui/field.tsx';

type Recipient = Pick<ContactDetail, 'id' | 'firstName' | 'lastName' | 'phone' | 'email' | 'optedOut' | 'optedOutAt'>;

/** Where a text is written, or why none can be. */
export function Composer({ contact }: { contact: Recipient }) {
  const mayWrite = useMay('AGENT');
  const now = useNow();
  const name = contactName(contact);
  if (contact.optedOut) {
    const title =
      contact.optedOutAt === null
        ? t('{{name}} asked for no more texts', { name })
        : t('{{name}} asked for no more texts ({{when}})', { name, when: formatMoment(contact.optedOutAt, now) });
    return (
      <Closed title={title}>
        {t('Nothing can be sent until they text START to your number. Call or write an email instead.')}
      </Closed>
    );
  }
  if (!contact.phone)
    return <Closed title={t('No phone number')}>{t('Add one to the contact to text {{name}}.', { name })}</Closed>;
  if (!mayWrite)
    return (
      <Closed title={t('You may read, not write')}>{t('Ask an admin of your team for the role of an agent.')}</Closed>
    );
  return <OpenComposer key={contact.id} contactId={contact.id} name={name} />;
}

function Closed({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="composer" data-closed="" role="note">
      <Ban size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-ink-3" />
      <div>
        <div className="med">{title}</div>
        <p className="text-small text-ink-2">{children}</p>
      </div>
    </div>
  );
}

function OpenComposer({ contactId, name }: { contactId: string; name: string }) {
  const id = useId();
  const send = useCommand();
  const { data: sync } = useQuery('sync.get', {});
  const { data: numbers = [] } = useQuery('phoneNumbers.list', {});
  const input = useRef<HTMLTextAreaElement>(null);
  const { text, write, sent } = useUnsentText(`text to ${contactId}`);
  const { busy, once } = useOnce();
  const [error, setError] = useState<string | null>(null);
  const offline = sync?.status === 'offline';
  const { characters, parts } = countSmsSegments(text.trim());
  const tooLong = text.trim().length > SMS_MAX_LENGTH;
  const ready = text.trim() !== '' && !tooLong;
  useActions([
    {
      id: 'thread.reply',
      label: t('Text {{name}}', { name }),
      icon: Send,
      section: t('Conversation'),
      shortcuts: ['r', 't'],
      run: () => input.current?.focus(),
    },
  ]);

  const submit = async () => {
    if (!ready) return;
    const reply = await send({ name: 'messages.send', input: { contactId, body: text.trim() } });
    if ('error' in reply) return setError(saidInWords(reply.error.message));
    setError(null);
    return sent(text);
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void once(submit);
      }}
    >
      <label htmlFor={id} className="sr-only">
        {t('Text to {{name}}', { name })}
      </label>
      <textarea
        id={id}
        ref={input}
        value={text}
        placeholder={t('Text {{name}}', { name })}
        aria-describedby={`${id}-count`}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void once(submit);
          else if (event.key === 'Escape') event.currentTarget.blur();
          else return;
          event.preventDefault();
        }}
      />
      {error && (
        <div className="px-3">
          <FieldError message={t('{{error}} Your text is still here.', { error })} />
        </div>
      )}
      <div className="composer-foot">
        <span>{numbers[0]?.label ? t('SMS from {{number}}', { number: numbers[0].label }) : 'SMS'}</span>
        <span className="ms-auto flex items-center gap-2">
          <span id={`${id}-count`} className="num">
            {tooLong ? (
              <span className="text-danger-text">
                {t('{{count}} too many; a text has at most {{most}}', {
                  count: text.trim().length - SMS_MAX_LENGTH,
                  most: SMS_MAX_LENGTH,
                })}
              </span>
            ) : (
              characters > 0 && (
                <>
                  <b className="text-ink-1">{formatCount(characters)}</b> · {t('{{count}} parts', { count: parts })}
                </>
              )
            )}
          </span>
          <Button
            look="primary"
            type="submit"
            icon={offline ? Clock : Send}
            shortcut="mod+enter"
            disabled={!ready || busy}
          >
            {offline ? t('Queue') : t('Send')}
          </Button>
        </span>
      </div>
    </form>
  );
}
