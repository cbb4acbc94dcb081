import { Check, Download, Files, MailX, TriangleAlert, UserPlus, Users, type LucideIcon } from 'lucide-react';
import type { ImportDraft } from '../../../../shared/imports/import-draft.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { saveFile } from '../../lib/save-file.ts';
import { Button } from '../../ui/button.tsx';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { Trans } from '../../lib/i18n/trans.tsx';
import { t } from '../../lib/i18n/t.ts';
import { showError } from '../../ui/toaster.tsx';
import { DraftPreview } from './draft-preview.tsx';

/** What came of checking every row, first as numbers, then as rows. */
export function DraftCheck({ draft }: { draft: ImportDraft }) {
  return (
    <section aria-label={t('Check')} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <ul className="panel grid gap-2 p-3 sm:grid-cols-2" aria-live="polite">
        <Figure icon={Check} count={draft.check.valid} text="<b>{{count}}</b> rows are good" />
        <Figure
          icon={TriangleAlert}
          count={draft.check.invalid}
          text="<b>{{count}}</b> cannot be imported"
          warn={draft.check.invalid > 0}
        />
        {draft.kind === 'contacts' && <Outcome draft={draft} />}
      </ul>
      {draft.kind === 'contacts' && <UnknownWords draft={draft} />}
      <Problems draft={draft} />
      <DraftPreview draft={draft} />
    </section>
  );
}

function Outcome({ draft: { check, duplicates } }: { draft: ImportDraft }) {
  return (
    <>
      <Figure icon={UserPlus} count={check.outcome.create} text="<b>{{count}}</b> become new contacts" />
      {duplicates === 'merge' ? (
        <Figure
          icon={Users}
          count={check.duplicatesOfContacts}
          text="<b>{{count}}</b> are here already and are filled"
        />
      ) : (
        <Figure
          icon={Users}
          count={check.duplicatesOfContacts}
          text={
            duplicates === 'skip'
              ? '<b>{{count}}</b> are here already and are left alone'
              : '<b>{{count}}</b> are here already and come a second time'
          }
        />
      )}
      <Figure icon={Files} count={check.duplicatesInFile} text="<b>{{count}}</b> stand in the file twice" />
      <Figure
        icon={MailX}
        count={check.withoutConsent}
        text="<b>{{count}}</b> say nothing of consent: they get no marketing"
        warn={check.withoutConsent > 0}
      />
    </>
  );
}

/** Owners, stages and pages of another program. Statuses are asked about with the columns. */
function UnknownWords({ draft }: { draft: ImportDraft }) {
  const unknown = draft.check.unknown.filter(({ target }) => target !== 'leadStatus');
  if (unknown.length === 0) return null;
  const words = { owner: t('Owner'), stage: t('Stage'), facebookPage: t('Page'), leadStatus: t('Status') };
  return (
    <div>
      <h2 className="h-sect">{t('Names that your workspace does not have')}</h2>
      <ul className="panel grid gap-1 p-3">
        {unknown.map(({ target, word, rows }) => (
          <li key={`${target} ${word}`}>
            {words[target]}: <b className="med">{word}</b>{' '}
            <span className="text-small text-ink-3">
              {t('{{count}} rows; kept as a word beside the contact', { count: rows })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

type FigureProps = { icon: LucideIcon; count: number; text: string; warn?: boolean };

function Figure({ icon: Icon, count, text, warn = false }: FigureProps) {
  return (
    <li className="flex items-center gap-2">
      <Icon size={14} aria-hidden="true" className={warn ? 'text-warning-text' : 'text-ink-3'} />
      <span>
        <Trans text={text} parts={{ b: <b className="num" /> }} values={{ count }} />
      </span>
    </li>
  );
}

function Problems({ draft }: { draft: ImportDraft }) {
  const bridge = useBridge();
  const { problems, invalid } = draft.check;
  if (invalid === 0) return null;
  const download = async () => {
    const reply = await bridge.call('imports.problemsCsv', { id: draft.id });
    if ('error' in reply) return showError(reply.error);
    saveFile(`${draft.fileName}-problems.csv`, 'text/csv', reply.data);
  };
  return (
    <div>
      <h2 className="h-sect">
        {t('Rows that cannot be imported')}
        <Button size="sm" look="ghost" icon={Download} className="ms-auto" onClick={() => void download()}>
          {t('Download all as CSV')}
        </Button>
      </h2>
      <div
        className="panel max-h-60 overflow-auto"
        tabIndex={0}
        role="region"
        aria-label={t('Rows that cannot be imported')}
      >
        <table className="w-full text-small">
          <tbody>
            {problems.map(({ row, reason, cells }) => (
              <tr key={row} className="border-b border-line-hairline last:border-0">
                <td className="num w-20 px-3 py-1.5 align-top whitespace-nowrap text-ink-3">
                  {t('Row {{number}}', { number: row })}
                </td>
                <td className="py-1.5 pe-3 align-top text-danger-text">{saidInWords(reason)}</td>
                <td className="wide max-w-80 truncate py-1.5 pe-3 align-top text-ink-3">
                  {cells.filter(Boolean).join(' · ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
