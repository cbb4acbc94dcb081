import { Link } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { inviteMember } from '../../../../../shared/people/member-operations.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useMay } from '../../../lib/use-identity.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { useReason } from '../../../lib/operations/use-reasons.ts';
import { ReasonButton } from '../../../ui/controls/reason-button.tsx';
import { DeviceList } from '../security/device-list.tsx';
import { LineNote, RoleNote, SettingPage, SettingPart } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';
import { HandOver, LeaveWorkspace } from './hand-over.tsx';
import { InvitationList } from './invitation-list.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberRow } from './member-row.tsx';

/** Who is in the workspace, what each may do, who is invited. */
export function PeopleSection() {
  const read = useQuery('members.list', {});
  const members = read.data ?? [];
  const reason = useReason(inviteMember.role, 'server');
  const admin = useMay('ADMIN');
  const [inviting, setInviting] = useState(false);
  const active = members.filter((member) => member.active);
  const former = members.filter((member) => !member.active);
  return (
    <SettingPage title={t('People')}>
      <RoleNote role={inviteMember.role} />
      <LineNote />
      <SettingPart
        title={read.data ? t('{{count}} members', { count: active.length }) : t('Members')}
        aside={
          <>
            <Link to="/settings/$section" params={{ section: 'permissions' }} className="btn ghost sm">
              {t('What each role may do')}
            </Link>
            <ReasonButton reason={reason} size="sm" look="primary" icon={UserPlus} onClick={() => setInviting(true)}>
              {t('Invite somebody')}
            </ReasonButton>
          </>
        }
      >
        <Read of={read}>
          {() => (
            <ul className="set-card set-list">
              {active.map((member) => (
                <MemberRow key={member.id} member={member} />
              ))}
            </ul>
          )}
        </Read>
      </SettingPart>
      {admin && <InvitationList />}
      {former.length > 0 && (
        <SettingPart title={t('Without access')}>
          <ul className="set-card set-list">
            {former.map((member) => (
              <MemberRow key={member.id} member={member} />
            ))}
          </ul>
        </SettingPart>
      )}
      {admin && (
        <SettingPart title={t('Devices of everybody')}>
          <DeviceList whose="all" />
        </SettingPart>
      )}
      <SettingPart title={t('Coming and going')}>
        <div className="set-card">
          {read.data && <HandOver members={active} />}
          <LeaveWorkspace />
        </div>
      </SettingPart>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </SettingPage>
  );
}
