import type { SessionState } from '../../../../shared/bridge/bridge-contract.ts';
import { t } from '../../lib/i18n/t.ts';
import { SyncGlyph } from '../../ui/sync-glyph.tsx';

type Left = Extract<SessionState, { status: 'signed-out' }>['left'];

/** Writes that wait on this computer for their author to sign in again. */
export function LeftBehind({ left }: { left: Left }) {
  return left.map(({ email, pending }) => (
    <div key={email} className="left-behind">
      <SyncGlyph state="waiting" />
      <span>
        <b className="med block text-ink-1">
          {t('{{count}} changes from {{email}} are on this computer', { count: pending, email })}
        </b>
        {t('They will be sent after {{email}} signs in.', { count: pending, email })}
      </span>
    </div>
  ));
}
