import { UserX } from 'lucide-react';
import type { SessionState } from '../../../../shared/bridge/bridge-contract.ts';
import { t } from '../../lib/i18n/t.ts';
import { Notice } from '../../ui/notice.tsx';

type Removed = NonNullable<Extract<SessionState, { status: 'signed-out' }>['removed']>;

/** Why somebody finds themselves here: what happened, what became of their work, what to do. */
export function RemovedNotice({ removed: { email, tenantName, kept } }: { removed: Removed }) {
  return (
    <div className="mb-5 overflow-hidden rounded-(--radius-3)" role="status">
      <Notice
        tone="warning"
        icon={<UserX size={16} aria-hidden="true" />}
        title={t('{{email}} was taken out of {{team}}', { email, team: tenantName })}
      >
        {t('Its contacts and messages were removed from this computer.')}{' '}
        {kept > 0 &&
          t('{{count}} changes that had not been sent are kept here, and sent if you are let in again.', {
            count: kept,
          })}{' '}
        {t('Ask an admin of {{team}} if this is a mistake.', { team: tenantName })}
      </Notice>
    </div>
  );
}
