import type { SessionState } from '../../../../shared/bridge/bridge-contract.ts';
import { plural } from '../../lib/format/format-count.ts';
import { SyncGlyph } from '../../ui/sync-glyph.tsx';

type Left = Extract<SessionState, { status: 'signed-out' }>['left'];

/** Writes that wait on this computer for their author to sign in again. */
export function LeftBehind({ left }: { left: Left }) {
  return left.map(({ email, pending }) => (
    <div key={email} className="left-behind">
      <SyncGlyph state="waiting" />
      <span>
        <b className="med block text-ink-1">
          {plural(pending, 'change')} from {email} {pending === 1 ? 'is' : 'are'} on this computer
        </b>
        {pending === 1 ? 'It will be sent' : 'They will be sent'} after {email} signs in.
      </span>
    </div>
  ));
}
