import type { ContactDetail } from '../../../../../../shared/bridge/contacts-contract.ts';
import { contactFields } from '../../../../../../shared/contacts/contact.ts';
import { fieldWord } from '../../../../lib/format/format-field.ts';
import { formatList } from '../../../../lib/format/format-list.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useContactSetup } from '../../../../lib/rules/use-rule-names.ts';
import { useRunCommand } from '../../../../lib/use-command.ts';
import { useMay } from '../../../../lib/use-identity.ts';
import { InlineField } from '../inline-field.tsx';
import { InlineChoice, InlineTruth } from './inline-choice.tsx';
import { useSaveFields } from './use-save-fields.ts';

type Props = { contact: ContactDetail };
const KEYS = ['messengerPsid', 'instagramSid', 'profilePicUrl'] as const;
const TRUTHS = ['hasMessenger', 'hasInstagram', 'emergency'] as const;

/** How else they are reached, from which page they came, what they talk about. */
export function ChannelFacts({ contact }: Props) {
  const run = useRunCommand();
  const { pages } = useContactSetup();
  return (
    <>
      <dt>{fieldWord('facebookPageId')}</dt>
      <dd>
        <InlineChoice
          label={fieldWord('facebookPageId')}
          value={contact.facebookPageId}
          none={t('None')}
          choices={pages.map(({ id, name }) => ({ value: id, label: name }))}
          pending={contact.sync.pending.includes('facebookPageId')}
          onChoose={(facebookPageId) =>
            void run({ name: 'contacts.update', input: { id: contact.id, facebookPageId } })
          }
        />
      </dd>
      {TRUTHS.map((field) => (
        <div key={field} className="contents">
          <dt>{fieldWord(field)}</dt>
          <dd>
            <InlineTruth
              label={fieldWord(field)}
              value={contact[field]}
              pending={contact.sync.pending.includes(field)}
              onChoose={(value) => void run({ name: 'contacts.update', input: { id: contact.id, [field]: value } })}
            />
          </dd>
        </div>
      ))}
      {KEYS.map((field) => (
        <KeyFact key={`${contact.id} ${field}`} contact={contact} field={field} />
      ))}
      <KeywordsFact key={`${contact.id} keywords`} contact={contact} />
    </>
  );
}

function KeyFact({ contact, field }: Props & { field: (typeof KEYS)[number] }) {
  const save = useSaveFields(contact.id);
  const mayEdit = useMay('AGENT');
  return (
    <>
      <dt>{fieldWord(field)}</dt>
      <dd>
        <InlineField
          label={fieldWord(field)}
          text={contact[field] ?? ''}
          pending={contact.sync.pending.includes(field)}
          readOnly={!mayEdit}
          onSave={async (typed) => {
            const checked = contactFields.shape[field].safeParse(typed.trim() || null);
            if (checked.success) return save({ [field]: checked.data });
            return field === 'profilePicUrl'
              ? t('This is not the address of a picture: it begins with https://')
              : t('That is too long: {{count}} characters do not fit.', { count: typed.trim().length });
          }}
        />
      </dd>
    </>
  );
}

function KeywordsFact({ contact }: Props) {
  const save = useSaveFields(contact.id);
  const mayEdit = useMay('AGENT');
  const keywords = contact.keywords ?? [];
  return (
    <>
      <dt>{fieldWord('keywords')}</dt>
      <dd>
        <InlineField
          label={fieldWord('keywords')}
          text={keywords.join(', ')}
          shown={keywords.length > 0 ? formatList(keywords) : undefined}
          pending={contact.sync.pending.includes('keywords')}
          readOnly={!mayEdit}
          onSave={async (typed) => {
            const words = [...new Set(typed.split(',').map((word) => word.trim()))].filter(Boolean);
            const checked = contactFields.shape.keywords.safeParse(words.length > 0 ? words : null);
            return checked.success
              ? save({ keywords: checked.data })
              : t('Up to 50 keywords of up to 60 characters, with commas between them.');
          }}
        />
      </dd>
    </>
  );
}
