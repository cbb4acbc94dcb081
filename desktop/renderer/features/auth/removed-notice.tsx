import { UserX } from 'lucide-react';
import type { SessionState } from '../../../../shared/bridge/bridge-contract.ts';
import { plural } from '../../lib/format/format-count.ts';
import { Notice } from '../../ui/notice.tsx';

type Removed = NonNullable<Extract<SessionState, { status: 'signed-out' }>['removed']>;

/** Why somebody finds themselves here: what happened, what became of their work, what to do. */
export function RemovedNotice({ removed: { email, tenantName, kept } }: { removed: Removed }) {
  return (
    <div className="mb-5 overflow-hidden rounded-(--radius-3)" role="status">
      <Notice
        tone="warning"
        icon={<UserX size={16} aria-hidden="true" />}
        title={`${email} was taken out of ${tenantName}`}
      >
        Its contacts and messages were removed from this computer.{' '}
        {kept > 0 &&
          `${plural(kept, 'change')} that had not been sent ${kept === 1 ? 'is' : 'are'} kept here, and sent if you are let in again. `}
        Ask an admin of {tenantName} if this is a mistake.
      </Notice>
    </div>
  );
}
