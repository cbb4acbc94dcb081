import { listImportProblems } from '../../../../shared/imports/import-operations.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useOnlineQuery } from '../../lib/operations/use-online-query.ts';
import { useOfflineReason } from '../../lib/operations/use-reasons.ts';
import { Modal } from '../../ui/modal.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

const SHOWN = 200;

/** The rows that the server would not take, by number, with its reasons. Rows that only said what was there already have none. */
export function SkippedRows({
  importId,
  fileName,
  onClose,
}: {
  importId: string;
  fileName: string;
  onClose: () => void;
}) {
  const offline = useOfflineReason();
  const { data, error } = useOnlineQuery(listImportProblems, { id: importId, limit: SHOWN }, offline === null);
  const problem = offline ?? (error ? saidInWords(error.message) : null);
  return (
    <Modal
      wide
      open
      title={t('Skipped rows of {{file}}', { file: fileName })}
      description={t('Mend them in the file and drop it again: the rows that are here already change nothing.')}
      onOpenChange={(open) => !open && onClose()}
    >
      {problem !== null && <p role="alert">{problem}</p>}
      {problem === null && !data && <Skeleton rows={4} />}
      {problem === null && data && (
        <>
          {data.total === 0 && (
            <p className="text-small text-ink-3">
              {t('None was wrong: they were left alone as you chose, or said nothing new.')}
            </p>
          )}
          <ul className="max-h-80 overflow-auto">
            {data.data.map(({ row, reason }) => (
              <li key={row} className="flex gap-3 py-1">
                <span className="num w-20 shrink-0 text-ink-3">{t('Row {{number}}', { number: row })}</span>
                <span>{saidInWords(reason)}</span>
              </li>
            ))}
          </ul>
          {data.total > SHOWN && (
            <p className="text-small text-ink-3">
              {t('The first {{shown}} of {{count}}.', { shown: SHOWN, count: data.total })}
            </p>
          )}
        </>
      )}
    </Modal>
  );
}
