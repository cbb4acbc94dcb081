import { useQuery } from '../../lib/use-query.ts';
import { t } from '../../lib/i18n/t.ts';
import { RefusedChange } from './refused-change.tsx';

/** On a contact's page: what the server refused about this contact, yours next to theirs. */
export function ContactRefusals({ contactId }: { contactId: string }) {
  const { data: entries = [] } = useQuery('outbox.list', {});
  const refused = entries.filter((entry) => entry.state === 'refused' && entry.contactId === contactId);
  if (refused.length === 0) return null;
  return (
    <section
      className="grid max-h-[40vh] auto-rows-max gap-3 overflow-y-auto border-b border-line-hairline p-3"
      aria-label={t('Refused changes')}
    >
      {refused.map((entry) => (
        <RefusedChange key={entry.writeId} entry={entry} />
      ))}
    </section>
  );
}
