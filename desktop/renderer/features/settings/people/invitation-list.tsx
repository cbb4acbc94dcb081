import { Mail } from 'lucide-react';
import { useState } from 'react';
import type { ResultOf } from '../../../../../shared/bridge/bridge-contract.ts';
import { renewInvitation, revokeInvitation } from '../../../../../shared/people/member-operations.ts';
import type { OutputOf } from '../../../../../shared/protocol/operation.ts';
import { ROLES, type Role } from '../../../../../shared/protocol/role.ts';
import { formatFull, formatPassed, formatSpan } from '../../../lib/format/format-time.ts';
import { t } from '../../../lib/i18n/t.ts';
import { roleWord } from '../../../lib/operations/role-words.ts';
import { useNow } from '../../../lib/use-now.ts';
import { useOnce } from '../../../lib/operations/use-once.ts';
import { useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { useOfflineReason } from '../../../lib/operations/use-reasons.ts';
import { Button } from '../../../ui/button.tsx';
import { ReasonButton } from '../../../ui/controls/reason-button.tsx';
import { SettingPart } from '../setting-parts.tsx';
import { Read } from '../setting-read.tsx';
import { InvitationLink } from './invite-dialog.tsx';

type Invitation = ResultOf<'invitations.list'>[number];

/** Who was asked in and has not come yet. */
export function InvitationList() {
  const read = useQuery('invitations.list', {});
  const now = useNow();
  if (read.error && !read.data)
    return (
      <SettingPart title={t('Invitations')}>
        <Read of={read}>{() => null}</Read>
      </SettingPart>
    );
  const invitations = read.data ?? [];
  if (invitations.length === 0) return null;
  return (
    <SettingPart title={t('{{count}} open invitations', { count: invitations.length })}>
      <ul className="set-card set-list">
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} now={now} />
        ))}
      </ul>
    </SettingPart>
  );
}

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

function InvitationRow({ invitation, now }: { invitation: Invitation; now: number }) {
  const run = useRunOperation();
  const { busy, once } = useOnce();
  const offline = useOfflineReason();
  const [link, setLink] = useState<OutputOf<typeof renewInvitation> | null>(null);
  const expired = invitation.expiresAt <= now;
  const { email, role, invitedBy } = invitation;
  return (
    <li className="set-row">
      <Mail size={16} aria-hidden="true" className="text-ink-3" />
      <div className="what">
        <div className="med trunc">{email}</div>
        <p title={formatFull(invitation.expiresAt)}>
          {[
            isRole(role) ? roleWord(role) : role,
            invitedBy && t('asked by {{name}}', { name: invitedBy }),
            formatPassed(invitation.createdAt, now),
          ]
            .filter(Boolean)
            .join(' · ')}
          {' · '}
          {expired ? (
            <span className="text-warning-text">
              {t('expired {{when}}', { when: formatPassed(invitation.expiresAt, now) })}
            </span>
          ) : (
            t('works for {{time}} more', { time: formatSpan(invitation.expiresAt - now) })
          )}
        </p>
      </div>
      <div className="acts">
        <ReasonButton
          reason={offline}
          size="sm"
          disabled={busy}
          onClick={() => void once(async () => setLink(await run(renewInvitation, { id: invitation.id })))}
        >
          {t('Send again')}
        </ReasonButton>
        <Button
          size="sm"
          look="ghost"
          disabled={busy}
          onClick={() => void once(() => run(revokeInvitation, { id: invitation.id }))}
        >
          {t('Take back')}
        </Button>
      </div>
      {link && <InvitationLink link={link} email={email} onClose={() => setLink(null)} />}
    </li>
  );
}
