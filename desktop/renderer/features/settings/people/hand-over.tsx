import { useState } from 'react';
import { leaveWorkspace, transferOwnership } from '../../../../../shared/people/member-operations.ts';
import type { WorkspaceItem } from '../../../../../shared/workspace/workspace-item.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useIdentity } from '../../../lib/use-identity.ts';
import { useOperation } from '../../../lib/operations/use-operation.ts';
import { useOfflineReason, useReason } from '../../../lib/operations/use-reasons.ts';
import { ReasonButton } from '../../../ui/controls/reason-button.tsx';
import { AskPassword } from '../security/ask-password.tsx';
import { SettingRow } from '../setting-parts.tsx';

/** The owner makes somebody else the owner. */
export function HandOver({ members }: { members: readonly WorkspaceItem<'member'>[] }) {
  const run = useOperation();
  const identity = useIdentity();
  const denied = useReason(transferOwnership.role, 'server');
  const [to, setTo] = useState('');
  const [asking, setAsking] = useState(false);
  const others = members.filter(({ id }) => id !== identity?.userId);
  const chosen = others.find(({ id }) => id === to);
  const reason =
    denied ??
    (others.length === 0
      ? t('There is nobody else yet. Invite somebody first.')
      : chosen
        ? null
        : t('Choose somebody first.'));
  return (
    <SettingRow
      title={t('Hand the workspace over')}
      acts={
        <>
          <span className="field">
            <select
              aria-label={t('New owner')}
              value={to}
              disabled={denied !== null || others.length === 0}
              onChange={(event) => setTo(event.target.value)}
            >
              <option value="">{t('Choose a member')}</option>
              {others.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </span>
          <ReasonButton reason={reason} onClick={() => setAsking(true)}>
            {t('Hand over')}
          </ReasonButton>
          <AskPassword
            danger
            open={asking}
            onOpenChange={setAsking}
            title={t('Make {{name}} the owner?', { name: chosen?.name ?? '' })}
            description={t(
              'You become an administrator. Only {{name}} can give it back. Enter your password to go on.',
              {
                name: chosen?.name ?? '',
              },
            )}
            onPassword={(password) => run(transferOwnership, { userId: to, password })}
          />
        </>
      }
    >
      {t('A workspace has one owner. You become an administrator.')}
    </SettingRow>
  );
}

/** One's own way out. */
export function LeaveWorkspace() {
  const run = useOperation();
  const identity = useIdentity();
  const offline = useOfflineReason();
  const [asking, setAsking] = useState(false);
  const reason = identity?.role === 'OWNER' ? t('The owner hands the workspace over before leaving.') : offline;
  return (
    <SettingRow
      title={t('Leave the workspace')}
      acts={
        <>
          <ReasonButton reason={reason} onClick={() => setAsking(true)}>
            {t('Leave')}
          </ReasonButton>
          <AskPassword
            danger
            open={asking}
            onOpenChange={setAsking}
            title={t('Leave {{team}}?', { team: identity?.tenantName ?? '' })}
            description={t(
              'Your access ends on every device, and its data is removed from them. An administrator can invite you again. Enter your password to go on.',
            )}
            onPassword={(password) => run(leaveWorkspace, { password })}
          />
        </>
      }
    >
      {t('Your access ends on every device.')}
    </SettingRow>
  );
}
