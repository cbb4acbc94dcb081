import { Plus, Upload, X } from 'lucide-react';
import { useQuery } from '../../../lib/use-query.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { t } from '../../../lib/i18n/t.ts';
import { useContactList } from './contact-list-state.tsx';

type NoContactsProps = {
  search: string;
  /** Conditions stand in the way. */
  filtered: boolean;
  onNew: (() => void) | null;
  onImport: (() => void) | null;
};

/** Nobody matches, nobody is here yet, or they are still on their way: three different things to say. */
export function NoContacts({ search, filtered, onNew, onImport }: NoContactsProps) {
  const { change } = useContactList();
  const { data: all = 0 } = useQuery('contacts.count', {});
  const { data: sync } = useQuery('sync.get', {});
  if (search) {
    return (
      <div className="flex-1">
        <EmptyState
          title={t('Nobody matches “{{search}}”', { search })}
          actions={
            <Button icon={X} onClick={() => change({ search: '' })}>
              {t('Clear the search')}
            </Button>
          }
        >
          {t('Without it there are {{count}}. Names, companies, phones and emails are searched.', { count: all })}
        </EmptyState>
      </div>
    );
  }
  if (filtered) {
    return (
      <div className="flex-1">
        <EmptyState
          title={t('Nobody meets these conditions')}
          actions={
            <Button icon={X} shortcut="shift+f" onClick={() => change({ filter: undefined })}>
              {t('Clear the filters')}
            </Button>
          }
        >
          {t('Without them there are {{count}}.', { count: all })}
        </EmptyState>
      </div>
    );
  }
  if (sync?.firstSync) {
    return (
      <div className="flex-1">
        <EmptyState title={t('Your contacts are on their way')}>
          {t('{{count}} rows are here so far. You can start as soon as they show up.', { count: sync.firstSync.rows })}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="flex-1">
      <EmptyState
        title={t('No contacts yet')}
        actions={
          <>
            {onImport && (
              <Button look="primary" icon={Upload} shortcut="i" onClick={onImport}>
                {t('Import a file')}
              </Button>
            )}
            {onNew && (
              <Button icon={Plus} shortcut="n" onClick={onNew}>
                {t('New contact')}
              </Button>
            )}
          </>
        }
      >
        {t(
          'Drop a CSV file here, from Google Contacts, HubSpot, Outlook or anything else, or write the first one down.',
        )}
      </EmptyState>
    </div>
  );
}
