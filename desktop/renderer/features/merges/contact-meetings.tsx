import { Link } from '@tanstack/react-router';
import { GitMerge } from 'lucide-react';
import { t } from '../../lib/i18n/t.ts';
import { useQuery } from '../../lib/use-query.ts';

/** On a contact's page: that edits of it met and nobody has looked yet. Nothing when there are none. */
export function ContactMeetings({ contactId }: { contactId: string }) {
  const { data } = useQuery('merges.list', { settled: false, contactId, limit: 1 });
  if (!data || data.open === 0) return null;
  return (
    <Link to="/merges" className="badge !inline-flex items-center gap-1 hover:underline">
      <GitMerge size={12} aria-hidden="true" />
      {t('{{count}} changes met', { count: data.open })}
    </Link>
  );
}
