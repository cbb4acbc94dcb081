import type { ContactDetail } from '../../../../../shared/bridge/bridge-contract.ts';
import { LEAD_STATUSES } from '../../../../../shared/contacts/contact.ts';
import { formatPhone } from '../../../lib/format/format-phone.ts';
import { formatFull, formatMoment } from '../../../lib/format/format-time.ts';
import { useCommand, useRunCommand } from '../../../lib/use-command.ts';
import { useCountry, useMay } from '../../../lib/use-identity.ts';
import { useNow } from '../../../lib/use-now.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Menu, MenuChoice } from '../../../ui/menu.tsx';
import { Score } from '../../../ui/score.tsx';
import { STATUS_WORDS, StatusMark, type LeadStatus } from '../contact-status.tsx';
import { parseFieldEntry, type TextField } from '../field-entry.ts';
import { InlineField } from './inline-field.tsx';

const NOBODY = 'nobody';
const PEEK_FIELDS: TextField[] = ['company', 'phone', 'email'];
const LABELS: Record<TextField, string> = {
  firstName: 'First name',
  lastName: 'Last name',
  company: 'Company',
  phone: 'Phone',
  email: 'Email',
  leadScore: 'Score',
  source: 'Source',
  locale: 'Language',
  timezone: 'Time zone',
};
const ALL_FIELDS: TextField[] = ['firstName', 'lastName', ...PEEK_FIELDS, 'source', 'locale', 'timezone'];

/** Everything that is known about a contact, each value editable where it stands. */
export function ContactProperties({ contact, short = false }: { contact: ContactDetail; short?: boolean }) {
  return (
    <dl className="props">
      <ScoreAndStatus contact={contact} />
      {(short ? PEEK_FIELDS : ALL_FIELDS).map((field) => (
        <TextProperty key={`${contact.id} ${field}`} contact={contact} field={field} />
      ))}
      <OwnerProperty contact={contact} />
      {!short && <ReadOnlyProperties contact={contact} />}
    </dl>
  );
}

function TextProperty({ contact, field }: { contact: ContactDetail; field: TextField }) {
  const send = useCommand();
  const country = useCountry();
  const mayEdit = useMay('AGENT');
  const stored = contact[field];
  const text = field === 'phone' && contact.phone ? formatPhone(contact.phone, country) : String(stored ?? '');
  return (
    <>
      <dt>{LABELS[field]}</dt>
      <dd>
        <InlineField
          label={LABELS[field]}
          text={text}
          shown={field === 'leadScore' && contact.leadScore !== null ? <Score score={contact.leadScore} /> : undefined}
          type={field === 'phone' ? 'tel' : field === 'email' ? 'email' : 'text'}
          pending={contact.sync.pending.includes(field)}
          readOnly={!mayEdit}
          onSave={async (typed) => {
            const parsed = parseFieldEntry(field, typed, country);
            if (!parsed.ok) return parsed.message;
            const reply = await send({ name: 'contacts.update', input: { id: contact.id, [field]: parsed.value } });
            return 'error' in reply ? reply.error.message : null;
          }}
        />
      </dd>
    </>
  );
}

function ScoreAndStatus({ contact }: { contact: ContactDetail }) {
  const run = useRunCommand();
  const mayEdit = useMay('AGENT');
  const pending = contact.sync.pending.includes('leadStatus');
  const choices = LEAD_STATUSES.map((status) => ({
    value: status,
    label: STATUS_WORDS[status],
    mark: <span className="status-dot" data-status={status} aria-hidden="true" />,
  }));
  return (
    <>
      <TextProperty key={`${contact.id} score`} contact={contact} field="leadScore" />
      <dt>Status</dt>
      <dd>
        <Menu
          trigger={
            <button
              type="button"
              className="inline-value"
              data-menu=""
              disabled={!mayEdit}
              aria-label={`Status: ${contact.leadStatus ? STATUS_WORDS[contact.leadStatus] : 'Choose'}`}
            >
              {contact.leadStatus ? (
                <StatusMark status={contact.leadStatus} edited={pending} />
              ) : (
                <span className="inline-empty">Choose</span>
              )}
            </button>
          }
        >
          <MenuChoice<LeadStatus | ''>
            label="Status"
            value={contact.leadStatus ?? ''}
            choices={choices}
            onChoose={(status) => {
              if (status) void run({ name: 'contacts.update', input: { id: contact.id, leadStatus: status } });
            }}
          />
        </Menu>
      </dd>
    </>
  );
}

function OwnerProperty({ contact }: { contact: ContactDetail }) {
  const run = useRunCommand();
  const mayEdit = useMay('AGENT');
  const { data: members = [] } = useQuery('members.list', {});
  const owner = members.find((member) => member.id === contact.ownerId);
  const choices = members
    .filter((member) => member.active || member.id === contact.ownerId)
    .map((member) => ({ value: member.id, label: member.name, mark: <Avatar name={member.name} teammate /> }));
  return (
    <>
      <dt>Owner</dt>
      <dd>
        <Menu
          trigger={
            <button type="button" className="inline-value" data-menu="" disabled={!mayEdit}>
              <span className="sr-only">Owner: </span>
              {owner && <Avatar name={owner.name} teammate />}
              <span
                className={`trunc ${contact.sync.pending.includes('ownerId') ? 'edited' : ''} ${owner ? '' : 'inline-empty'}`}
              >
                {owner?.name ?? 'Nobody'}
              </span>
            </button>
          }
        >
          <MenuChoice
            label="Owner"
            value={contact.ownerId ?? NOBODY}
            choices={[{ value: NOBODY, label: 'Nobody' }, ...choices]}
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
    { label: 'Last touch', at: contact.lastInteractionAt },
    { label: 'Created', at: contact.createdAt },
    { label: 'Opted out', at: contact.optedOutAt },
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
      {Object.entries(contact.attributes ?? {}).map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="trunc" title={name}>
            {name}
          </dt>
          <dd className="trunc leading-[26px]">{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </>
  );
}
