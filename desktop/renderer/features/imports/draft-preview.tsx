import type { ImportDraft } from '../../../../shared/imports/import-draft.ts';
import { contactName } from '../../lib/contacts/contact-name.ts';
import { FieldValue } from '../../lib/field-value.tsx';
import { fieldWord } from '../../lib/format/format-field.ts';
import { formatPhone } from '../../lib/format/format-phone.ts';
import { t } from '../../lib/i18n/t.ts';
import { useCountry } from '../../lib/use-identity.ts';

type Shown = ImportDraft['check']['preview'][number];

/** The first rows as they will be imported, and what becomes of each. */
export function DraftPreview({ draft }: { draft: ImportDraft }) {
  const { preview } = draft.check;
  if (preview.length === 0) return null;
  const isList = draft.kind === 'do_not_call';
  const heads = isList
    ? [t('Row'), t('Phone')]
    : [t('Row'), t('What becomes of it'), t('Name'), t('Company'), t('Phone'), t('Email'), t('Tags')];
  return (
    <div>
      <h2 className="h-sect">{t('As they will be imported')}</h2>
      <div className="panel overflow-x-auto" tabIndex={0} role="region" aria-label={t('As they will be imported')}>
        <table className="w-full whitespace-nowrap">
          <thead className="text-micro text-ink-3">
            <tr className="border-b border-line">
              {heads.map((head) => (
                <th key={head} scope="col" className="h-7 px-3 text-start font-medium">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.map((shown) =>
              isList ? <NumberRow key={shown.row} shown={shown} /> : <PreviewRow key={shown.row} shown={shown} />,
            )}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function NumberRow({ shown: { row, fields } }: { shown: Shown }) {
  const country = useCountry();
  return (
    <tr className="h-(--row) border-b border-line-hairline last:border-0">
      <td className="num px-3 text-ink-3">{row}</td>
      <td className="num px-3">{fields.phone && formatPhone(fields.phone, country)}</td>
    </tr>
  );
}

function PreviewRow({ shown: { row, fields, tags, becomes, changes } }: { shown: Shown }) {
  const country = useCountry();
  const { firstName = null, lastName = null, phone = null, email = null, company } = fields;
  const words = { create: t('A new contact'), merge: t('Joins one you have'), skip: t('Left alone') };
  return (
    <tr className="h-(--row) border-b border-line-hairline align-top last:border-0">
      <td className="num px-3 py-1.5 text-ink-3">{row}</td>
      <td className="px-3 py-1.5">
        {words[becomes]}
        {becomes === 'merge' && (
          <ul className="text-small text-ink-3">
            {changes.length === 0 && <li>{t('Nothing of it changes')}</li>}
            {changes.map(({ field, before, after }) => (
              <li key={field}>
                {wordOf(field)}: <FieldValue field={field} value={before} /> →{' '}
                <span className="text-ink-2">
                  <FieldValue field={field} value={after} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </td>
      <td className="med px-3 py-1.5">{contactName({ firstName, lastName, phone, email })}</td>
      <td className="px-3 py-1.5 text-ink-2">{company}</td>
      <td className="num px-3 py-1.5">{phone && formatPhone(phone, country)}</td>
      <td className="px-3 py-1.5 text-ink-2">{email}</td>
      <td className="px-3 py-1.5">
        {tags.map((tag) => (
          <span key={tag} className="tag me-1">
            {tag}
          </span>
        ))}
      </td>
    </tr>
  );
}

/** Own fields are called as they are called in the file. */
const wordOf = (field: string): string =>
  field.startsWith('attributes.') ? field.slice('attributes.'.length) : fieldWord(field);
