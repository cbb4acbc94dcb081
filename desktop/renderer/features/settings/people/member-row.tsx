import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { WorkspaceItem } from '../../../../../shared/workspace/workspace-item.ts';
import {
  deactivateMember,
  GIVEN_ROLES,
  reactivateMember,
  setMemberRole,
} from '../../../../../shared/people/member-operations.ts';
import { t } from '../../../lib/i18n/t.ts';
import { roleSentence, roleWord } from '../../../lib/operations/role-words.ts';
import { useIdentity } from '../../../lib/use-identity.ts';
import { useOnce } from '../../../lib/operations/use-once.ts';
import { useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useRoleReason } from '../../../lib/operations/use-reasons.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { ReasonButton } from '../../../ui/controls/reason-button.tsx';
import { Tip } from '../../../ui/tip.tsx';

type Member = WorkspaceItem<'member'>;

export function MemberRow({ member }: { member: Member }) {
  const run = useRunOperation();
  const { busy, once } = useOnce();
  const [removing, setRemoving] = useState(false);
  const reason = useWhyNot(member);
  const wasOwner = member.role === 'OWNER';
  return (
    <li className="set-row">
      <Avatar name={member.name} size="m" teammate />
      <div className="what">
        <div className="med flex items-center gap-1.5">
          <span className="trunc">{member.name}</span>
          {member.secondFactor && (
            <Tip label={t('Signs in with a second factor')}>
              <ShieldCheck
                size={14}
                className="text-success-text"
                role="img"
                aria-label={t('Signs in with a second factor')}
              />
            </Tip>
          )}
        </div>
        <p className="trunc">{member.email}</p>
      </div>
      <div className="acts">
        {member.active && (
          <span className="field" title={reason ?? roleSentence(member.role)}>
            <select
              aria-label={t('Role of {{name}}', { name: member.name })}
              value={member.role}
              disabled={reason !== null}
              onChange={(event) =>
                void run(setMemberRole, {
                  userId: member.id,
                  role: event.target.value as (typeof GIVEN_ROLES)[number],
                })
              }
            >
              {wasOwner && <option value="OWNER">{roleWord('OWNER')}</option>}
              {GIVEN_ROLES.toReversed().map((role) => (
                <option key={role} value={role}>
                  {roleWord(role)}
                </option>
              ))}
            </select>
          </span>
        )}
        {member.active ? (
          <ReasonButton reason={reason} size="sm" look="ghost" onClick={() => setRemoving(true)}>
            {t('Deactivate')}
          </ReasonButton>
        ) : (
          <ReasonButton
            reason={reason}
            size="sm"
            disabled={busy}
            onClick={() => void once(() => run(reactivateMember, { userId: member.id }))}
          >
            {t('Give access again')}
          </ReasonButton>
        )}
      </div>
      <Confirm
        open={removing}
        onOpenChange={setRemoving}
        title={t('Take {{name}}’s access away?', { name: member.name })}
        description={t(
          'Every device of theirs is signed out and emptied. What they own stays theirs until somebody hands it over. You can give access again.',
        )}
        confirmLabel={t('Deactivate')}
        onConfirm={() => void run(deactivateMember, { userId: member.id })}
      />
    </li>
  );
}

/** Why this member cannot be changed by who is signed in, in words. */
function useWhyNot(member: Member): string | null {
  const identity = useIdentity();
  const denied = useRoleReason(setMemberRole.role);
  if (denied !== null) return denied;
  if (member.role === 'OWNER') return t('The owner stays the owner until they hand the workspace over.');
  return member.id === identity?.userId ? t('Nobody changes their own role. Ask another administrator.') : null;
}
