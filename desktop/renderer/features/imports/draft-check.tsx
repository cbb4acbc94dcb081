import { Check, Download, Files, TriangleAlert, Users, type LucideIcon } from 'lucide-react';
import type { ImportDraft } from '../../../../shared/imports/import-draft.ts';
import { contactName } from '../../lib/contacts/contact-name.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { formatPhone } from '../../lib/format/format-phone.ts';
import { useCountry } from '../../lib/use-identity.ts';
import { Button } from '../../ui/button.tsx';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { Trans } from '../../lib/i18n/trans.tsx';
import { t } from '../../lib/i18n/t.ts';
import { showError } from '../../ui/toaster.tsx';

/** What came of checking every row, first as numbers, then as rows. */
export function DraftCheck({ draft }: { draft: ImportDraft }) {
  const { check, duplicates } = draft;

  return (
    <section aria-label={t('Check')} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <ul className="panel grid gap-2 p-3 sm:grid-cols-2" aria-live="polite">
        <Figure icon={Check} count={check.valid} text="<b>{{count}}</b> rows are good" />
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
            text="<b>{{count}}</b> are here already and are left alone"
          />
        )}
        <Figure icon={Files} count={check.duplicatesInFile} text="<b>{{count}}</b> stand in the file twice" />
        <Figure
          icon={TriangleAlert}
          count={check.invalid}
          text="<b>{{count}}</b> cannot be imported"
          warn={check.invalid > 0}
        />
      </ul>
      <Problems draft={draft} />
      <Preview draft={draft} />
    </section>
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
    const url = URL.createObjectURL(new Blob([reply.data], { type: 'text/csv' }));
    const link = Object.assign(document.createElement('a'), { href: url, download: `${draft.fileName}-problems.csv` });
    link.click();
    URL.revokeObjectURL(url);
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
                <td className="wide max-w-80 truncate py-1.5 pe-3 align-top text-ink-3">{cells.join(' · ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Preview({ draft }: { draft: ImportDraft }) {
  const country = useCountry();
  const { preview } = draft.check;
  if (preview.length === 0) return null;
  return (
    <div>
      <h2 className="h-sect">{t('As they will be imported')}</h2>
      <div className="panel overflow-x-auto" tabIndex={0} role="region" aria-label={t('As they will be imported')}>
        <table className="w-full whitespace-nowrap">
          <thead className="text-micro text-ink-3">
            <tr className="border-b border-line">
              {[t('Name'), t('Company'), t('Phone'), t('Email'), t('Tags')].map((head) => (
                <th key={head} scope="col" className="h-7 px-3 text-start font-medium">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.map(({ row, fields, tags }) => {
              const { firstName = null, lastName = null, phone = null, email = null, company } = fields;
              return (
                <tr key={row} className="h-(--row) border-b border-line-hairline last:border-0">
                  <td className="med px-3">{contactName({ firstName, lastName, phone, email })}</td>
                  <td className="px-3 text-ink-2">{company}</td>
                  <td className="num px-3">{phone && formatPhone(phone, country)}</td>
                  <td className="px-3 text-ink-2">{email}</td>
                  <td className="px-3">
                    {tags.map((tag) => (
                      <span key={tag} className="tag me-1">
                        {tag}
                      </span>
                    ))}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
