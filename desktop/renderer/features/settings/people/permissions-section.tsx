import { Check, Minus } from 'lucide-react';
import { useState } from 'react';
import { OPERATIONS } from '../../../../../shared/catalog/operations.ts';
import { listPermissions } from '../../../../../shared/catalog/permissions.ts';
import { ROLES, type Role } from '../../../../../shared/protocol/role.ts';
import { toSearchText } from '../../../../../shared/kernel/search-text.ts';
import { t } from '../../../lib/i18n/t.ts';
import { roleSentence, roleWord } from '../../../lib/operations/role-words.ts';
import { useIdentity } from '../../../lib/use-identity.ts';
import { TextField } from '../../../ui/field.tsx';
import { actWords } from './act-words.ts';
import { SettingPage, SettingPart } from '../setting-parts.tsx';

type Row = { name: string; summary: string; allowed: Readonly<Record<Role, boolean>> };

const areaOf = (name: string): string => name.split('.')[0] ?? name;

const areaWords = (): Record<string, string> => ({
  contacts: t('Contacts'),
  notes: t('Notes'),
  conversations: t('Conversations'),
  messages: t('Texts'),
  imports: t('Imports'),
  merges: t('Changes that met'),
  tasks: t('Tasks'),
  notifications: t('Notifications'),
  activity: t('Activity'),
  workspace: t('Workspace'),
  phoneNumbers: t('Phone numbers'),
  members: t('People'),
  invitations: t('Invitations'),
  profile: t('Profile'),
  security: t('Security'),
  devices: t('Devices'),
  tokens: t('Access tokens'),
  integrations: t('Integrations'),
  jobs: t('Jobs'),
  privacy: t('Data and privacy'),
  segments: t('Segments'),
  contactViews: t('Views'),
  groups: t('Groups'),
  attributes: t('Contact fields'),
  leadStatuses: t('Lead statuses'),
  statusAutomations: t('Automations'),
  pipelines: t('Pipelines'),
  stages: t('Stages'),
  consents: t('Consent'),
  doNotCall: t('Do not call'),
});

/** Every role against every act, read from the same declarations that decide. */
export function PermissionsSection() {
  const identity = useIdentity();
  const [text, setText] = useState('');
  const wanted = toSearchText(text);
  const said: Readonly<Record<string, string | undefined>> = actWords();
  const rows = listPermissions(OPERATIONS, [])
    .map(({ name, allowed }): Row => ({ name, allowed, summary: said[name] ?? name }))
    .filter(({ name, summary }) => toSearchText(`${summary} ${name}`).includes(wanted));
  const words = areaWords();
  return (
    <SettingPage
      title={t('What each role may do')}
      lead={t('Each role may do all that the ones before it may. Administrators give roles out under People.')}
    >
      <SettingPart title={t('Roles')}>
        <dl className="set-card fact-list">
          {ROLES.map((role) => (
            <div key={role} className="contents">
              <dt className="med !text-ink-1">
                {roleWord(role)}
                {identity?.role === role && <span className="ms-1.5 font-normal text-ink-3">{t('(you)')}</span>}
              </dt>
              <dd>{roleSentence(role)}</dd>
            </div>
          ))}
        </dl>
      </SettingPart>
      <SettingPart title={t('{{count}} acts', { count: rows.length })}>
        <TextField
          label={t('Find an act')}
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {rows.length > 0 && (
          <div className="set-card overflow-x-auto" tabIndex={0} role="region" aria-label={t('Acts by role')}>
            <table className="matrix">
              <thead>
                <tr>
                  <th scope="col">{t('Act')}</th>
                  {ROLES.map((role) => (
                    <th key={role} scope="col">
                      {roleWord(role)}
                    </th>
                  ))}
                </tr>
              </thead>
              {[...Map.groupBy(rows, ({ name }) => areaOf(name))].map(([area, listed]) => (
                <tbody key={area}>
                  <tr>
                    <th scope="rowgroup" colSpan={ROLES.length + 1}>
                      {words[area] ?? area}
                    </th>
                  </tr>
                  {listed.map((row) => (
                    <ActRow key={row.name} row={row} />
                  ))}
                </tbody>
              ))}
            </table>
          </div>
        )}
        {rows.length === 0 && <p className="text-small text-ink-3">{t('No act is called “{{text}}”.', { text })}</p>}
      </SettingPart>
    </SettingPage>
  );
}

const ActRow = ({ row: { summary, allowed } }: { row: Row }) => (
  <tr>
    <th scope="row">{summary}</th>
    {ROLES.map((one) => (
      <td key={one}>
        {allowed[one] ? (
          <Check size={14} className="inline text-accent-text" role="img" aria-label={t('yes')} />
        ) : (
          <Minus size={14} className="inline text-ink-3" role="img" aria-label={t('no')} />
        )}
      </td>
    ))}
  </tr>
);
