import { FileUp } from 'lucide-react';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ImportCard } from './import-card.tsx';
import { t } from '../../lib/i18n/t.ts';
import { ImportDropZone } from './import-drop-zone.tsx';

/** Every import of the team, the newest first. */
export function ImportsPage() {
  const { data: imports } = useQuery('imports.list', {});
  return (
    <ImportDropZone>
      {(chooseFile) => {
        const choose = chooseFile && (
          <Button size="sm" icon={FileUp} onClick={chooseFile}>
            {t('Import a file')}
          </Button>
        );
        return (
          <>
            <header className="top">
              <h1>{t('Imports')}</h1>
              <div className="ms-auto">{choose}</div>
            </header>
            <div className="pane flex-1">
              {imports?.length === 0 && (
                <EmptyState title={t('Nothing was imported yet')}>
                  {t(
                    'Drop a CSV, Excel or vCard file here, from Google Contacts, HubSpot, Outlook or anything else. You see what becomes of it first.',
                  )}
                </EmptyState>
              )}
              <div className="page-column grid gap-3">
                {imports?.map((job) => (
                  <ImportCard key={job.id} job={job} />
                ))}
              </div>
            </div>
          </>
        );
      }}
    </ImportDropZone>
  );
}
