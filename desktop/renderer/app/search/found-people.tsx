import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { contactName } from '../../lib/contacts/contact-name.ts';
import { formatPhone } from '../../lib/format/format-phone.ts';
import { Highlight } from '../../lib/highlight.tsx';
import { t } from '../../lib/i18n/t.ts';
import { useCountry } from '../../lib/use-identity.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Score } from '../../ui/score.tsx';
import { afterClosing, type PaletteGroupProps } from './palette-go.ts';

const PEOPLE = 6;

export const searchTiming = ({ searched, tookMs }: { searched: number; tookMs: number }): string =>
  t('{{count}} searched in {{ms}} ms, on this computer', { count: searched, ms: Math.max(1, Math.round(tookMs)) });

export function usePeopleFound(text: string) {
  const asked = { text, limit: PEOPLE, kinds: ['contact' as const] };
  return useQuery('search.everywhere', asked, { enabled: text !== '', keep: true });
}

export function FoundPeople({ text, close }: PaletteGroupProps) {
  const navigate = useNavigate();
  const country = useCountry();
  const { data } = usePeopleFound(text);
  const people = data?.hits.flatMap((hit) => (hit.kind === 'contact' ? [hit.contact] : [])) ?? [];
  if (text === '' || !data || people.length === 0) return null;
  return (
    <Command.Group
      heading={
        <>
          {t('People')} <span>{searchTiming(data)}</span>
        </>
      }
    >
      {people.map((contact) => {
        const name = contactName(contact);
        const open = () => void navigate({ to: '/contacts/$id', params: { id: contact.id } });
        return (
          <Command.Item key={contact.id} value={contact.id} onSelect={afterClosing(close, open)}>
            <Avatar name={name} />
            <span className="trunc">
              <Highlight text={name} search={text} />
            </span>
            {contact.company && (
              <span className="trunc text-small text-ink-3">
                <Highlight text={contact.company} search={text} />
              </span>
            )}
            <span className="push num">
              {contact.phone && <span className="wide">{formatPhone(contact.phone, country)}</span>}
              {contact.leadScore !== null && <Score score={contact.leadScore} />}
            </span>
          </Command.Item>
        );
      })}
    </Command.Group>
  );
}
