import { Eye } from 'lucide-react';
import type { ContactState } from '../../../../../../shared/contacts/contact-as-of.ts';
import { isSameValue } from '../../../../../../shared/kernel/same-value.ts';
import { fieldWord } from '../../../../lib/format/format-field.ts';
import { formatList } from '../../../../lib/format/format-list.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { ContactValue } from '../../../../lib/contacts/contact-value.tsx';

const FIELDS = [
  'firstName',
  'lastName',
  'company',
  'phone',
  'email',
  'leadScore',
  'leadStatus',
  'stageId',
  'estimatedRevenueCents',
  'actualRevenueCents',
  'sentiment',
  'ownerId',
  'source',
  'locale',
  'timezone',
  'facebookPageId',
  'messengerPsid',
  'instagramSid',
  'profilePicUrl',
  'hasMessenger',
  'hasInstagram',
  'emergency',
  'keywords',
  'attributes',
  'optedOutAt',
  'doNotCallAt',
] as const;

/** History writes moments as text, the contact as numbers. */
const plain = (field: string, value: unknown): unknown =>
  field.endsWith('At') && typeof value === 'string' ? Date.parse(value) : (value ?? null);

type PastPropertiesProps = { then: ContactState; now: ContactState; later: number };

/** What was known then. Nothing can be changed here. */
export function PastProperties({ then, now, later }: PastPropertiesProps) {
  const rows = FIELDS.map((field) => {
    const was = plain(field, then.fields[field]);
    const is = plain(field, now.fields[field]);
    return { field, was, is, differs: !isSameValue(was, is) };
  });
  const links = [
    { word: t('Tags'), was: then.tags, is: now.tags },
    { word: t('Groups'), was: then.groups, is: now.groups },
  ].map((link) => ({ ...link, differs: !isSameValue(link.was.toSorted(), link.is.toSorted()) }));
  const different = rows.filter(({ differs }) => differs).length + links.filter(({ differs }) => differs).length;
  return (
    <>
      <p className="mb-3 flex items-center gap-2 text-small text-past-text" role="status">
        <Eye size={14} aria-hidden="true" />
        {t('Read-only. {{count}} fields were different.', { count: different })}{' '}
        {t('{{count}} later changes are hidden.', { count: later })}
      </p>
      <dl className="props" aria-label={t('Properties')}>
        {rows.map(({ field, was, is, differs }) => (
          <div key={field} className="contents">
            <dt>{fieldWord(field)}</dt>
            <dd className="leading-[26px]" data-past={differs || undefined}>
              <ContactValue field={field} value={was} />
              {differs && (
                <span className="now">
                  {t('now')} <ContactValue field={field} value={is} />
                </span>
              )}
            </dd>
          </div>
        ))}
        {links.map(({ word, was, is, differs }) => (
          <div key={word} className="contents">
            <dt>{word}</dt>
            <dd className="leading-[26px]" data-past={differs || undefined}>
              {was.length > 0 ? formatList(was) : t('None')}
              {differs && (
                <span className="now">
                  {t('now')} {is.length > 0 ? formatList(is) : t('None')}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
