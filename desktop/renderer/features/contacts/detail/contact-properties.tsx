import { UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ContactDetail } from '../../../../../shared/bridge/contacts-contract.ts';
import { fieldWord, leadStatusWord } from '../../../lib/format/format-field.ts';
import { formatPhone, phoneToEdit } from '../../../lib/format/format-phone.ts';
import { formatFull, formatMoment } from '../../../lib/format/format-time.ts';
import { useCommand, useRunCommand } from '../../../lib/use-command.ts';
import { useCountry, useMay } from '../../../lib/use-identity.ts';
import { useNow } from '../../../lib/use-now.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Menu, MenuChoice } from '../../../ui/menu.tsx';
import { Score } from '../../../ui/score.tsx';
import { StatusMark } from '../contact-status.tsx';
import { parseFieldEntry, type TextField } from '../field-entry.ts';
import { saidInWords } from '../../../lib/i18n/said-in-words.ts';
import { t } from '../../../lib/i18n/t.ts';
import { ChannelFacts } from './facts/channel-facts.tsx';
import { SalesFacts } from './facts/sales-facts.tsx';
import { InlineField } from './inline-field.tsx';
import { useMenuKey, type MenuKey } from './use-menu-key.ts';

const NOBODY = 'nobody';
const PEEK_FIELDS: TextField[] = ['company', 'phone', 'email'];
const ALL_FIELDS: TextField[] = ['firstName', 'lastName', ...PEEK_FIELDS, 'source', 'locale', 'timezone'];

/** Everything that is known about a contact, each value editable where it stands. */
export function ContactProperties({ contact, short = false }: { contact: ContactDetail; short?: boolean }) {
  return (
    <dl className="props">
      <ScoreAndStatus contact={contact} />
      {!short && <SalesFacts contact={contact} />}
      {(short ? PEEK_FIELDS : ALL_FIELDS).map((field) => (
        <TextProperty key={`${contact.id} ${field}`} contact={contact} field={field} />
      ))}
      <OwnerProperty contact={contact} {...(short ? {} : { menuKey: ownerKey() })} />
      {!short && <ChannelFacts contact={contact} />}
      {!short && <ReadOnlyProperties contact={contact} />}
    </dl>
  );
}

function TextProperty({ contact, field }: { contact: ContactDetail; field: TextField }) {
  const send = useCommand();
  const country = useCountry();
  const mayEdit = useMay('AGENT');
  const stored = contact[field];
  const text = field === 'phone' && contact.phone ? phoneToEdit(contact.phone, country) : String(stored ?? '');
  return (
    <>
      <dt>{fieldWord(field)}</dt>
      <dd>
        <InlineField
          label={fieldWord(field)}
          text={text}
          shown={shownAs(field, contact, country)}
          type={field === 'phone' ? 'tel' : field === 'email' ? 'email' : 'text'}
          pending={contact.sync.pending.includes(field)}
          readOnly={!mayEdit}
          onSave={async (typed) => {
            const parsed = parseFieldEntry(field, typed, country);
            if (!parsed.ok) return parsed.message;
            const reply = await send({ name: 'contacts.update', input: { id: contact.id, [field]: parsed.value } });
            return 'error' in reply ? saidInWords(reply.error.message) : null;
          }}
        />
      </dd>
    </>
  );
}

/** Where a value is not read as it is typed. */
function shownAs(field: TextField, { leadScore, phone }: ContactDetail, country: string): ReactNode {
  if (field === 'leadScore' && leadScore !== null) return <Score score={leadScore} />;
  return field === 'phone' && phone ? formatPhone(phone, country) : undefined;
}

function ScoreAndStatus({ contact }: { contact: ContactDetail }) {
  const run = useRunCommand();
  const mayEdit = useMay('AGENT');
  const pending = contact.sync.pending.includes('leadStatus');
  const { data: setup } = useQuery('contacts.setup', {});
  // As the workspace calls it, which may have renamed it since.
  const status = setup?.statuses.find(({ key }) => key === contact.leadStatus);
  const choices = (setup?.statuses ?? [])
    .filter(({ isActive, key }) => isActive || key === contact.leadStatus)
    .map(({ key, name, color }) => ({
      value: key,
      label: name,
      mark: <span className="status-dot" data-status={key} style={{ background: color }} aria-hidden="true" />,
    }));
  return (
    <>
      <TextProperty key={`${contact.id} score`} contact={contact} field="leadScore" />
      <dt>{t('Status')}</dt>
      <dd>
        <Menu
          trigger={
            <button
              type="button"
              className="inline-value"
              data-menu=""
              disabled={!mayEdit}
              aria-label={t('Status: {{status}}', {
                status: contact.leadStatus ? (status?.name ?? leadStatusWord(contact.leadStatus)) : t('Choose'),
              })}
            >
              {contact.leadStatus ? (
                <StatusMark
                  status={contact.leadStatus}
                  name={status?.name ?? null}
                  color={status?.color ?? null}
                  edited={pending}
                />
              ) : (
                <span className="inline-empty">{t('Choose')}</span>
              )}
            </button>
          }
        >
          <MenuChoice
            label={t('Status')}
            value={contact.leadStatus ?? ''}
            choices={choices}
            onChoose={(status) => {
              if (status && status !== contact.leadStatus)
                void run({ name: 'contacts.setStatus', input: { contactIds: [contact.id], leadStatus: status } });
            }}
          />
        </Menu>
      </dd>
    </>
  );
}

const ownerKey = (): MenuKey => ({ id: 'contact.assign', label: t('Give an owner'), icon: UserPlus, shortcut: 'a' });

function OwnerProperty({ contact, menuKey }: { contact: ContactDetail; menuKey?: MenuKey }) {
  const shownBy = useMenuKey(menuKey);
  const run = useRunCommand();
  const mayEdit = useMay('AGENT');
  const { data: members = [] } = useQuery('members.list', {});
  const owner = members.find((member) => member.id === contact.ownerId);
  const choices = members
    .filter((member) => member.active || member.id === contact.ownerId)
    .map((member) => ({ value: member.id, label: member.name, mark: <Avatar name={member.name} teammate /> }));
  return (
    <>
      <dt>{t('Owner')}</dt>
      <dd>
        <Menu
          {...shownBy}
          trigger={
            <button type="button" className="inline-value" data-menu="" disabled={!mayEdit}>
              <span className="sr-only">{t('Owner:')} </span>
              {owner && <Avatar name={owner.name} teammate />}
              <span
                className={`trunc ${contact.sync.pending.includes('ownerId') ? 'edited' : ''} ${owner ? '' : 'inline-empty'}`}
              >
                {owner?.name ?? t('Nobody')}
              </span>
            </button>
          }
        >
          <MenuChoice
            label={t('Owner')}
            value={contact.ownerId ?? NOBODY}
            choices={[{ value: NOBODY, label: t('Nobody') }, ...choices]}
            onChoose={(id) =>
              void run({ name: 'contacts.update', input: { id: contact.id, ownerId: id === NOBODY ? null : id } })
            }
          />
        </Menu>
      </dd>
    </>
  );
}

function ReadOnlyProperties({ contact }: { contact: ContactDetail }) {
  const now = useNow();
  const moments = [
    { label: t('Last touch'), at: contact.lastInteractionAt },
    { label: t('Last heard from'), at: contact.lastInboundAt },
    { label: t('Last written to'), at: contact.lastOutboundAt },
    { label: t('Created'), at: contact.createdAt },
    { label: t('Changed', { context: 'when' }), at: contact.updatedAt },
  ];
  return (
    <>
      {moments.map(({ label, at }) =>
        at === null ? null : (
          <div key={label} className="contents">
            <dt>{label}</dt>
            <dd className="leading-[26px]">
              <time title={formatFull(at)}>{formatMoment(at, now)}</time>
            </dd>
          </div>
        ),
      )}
    </>
  );
}
