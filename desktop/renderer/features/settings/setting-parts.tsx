import { Lock, WifiOff } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import type { Role } from '../../../../shared/protocol/role.ts';
import { useOfflineReason, useRoleReason } from '../../lib/operations/use-reasons.ts';
import { useKeptFocus } from './use-kept-focus.ts';

type PageProps = { title: string; lead?: ReactNode; children: ReactNode };

/** One section of the settings. */
export function SettingPage({ title, lead, children }: PageProps) {
  return (
    <div className="set-page" ref={useKeptFocus()}>
      <header>
        <h2 className="display-name">{title}</h2>
        {lead && <p className="mt-1">{lead}</p>}
      </header>
      {children}
    </div>
  );
}

type PartProps = { title: string; children: ReactNode; aside?: ReactNode };

/** A part of a section, with its heading. */
export function SettingPart({ title, children, aside }: PartProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-2">
      <div className="flex min-h-6 flex-wrap items-center gap-2">
        <h3 id={id} className="h-sect !mb-0 flex-1">
          {title}
        </h3>
        {aside}
      </div>
      {children}
    </section>
  );
}

type RowProps = { title: ReactNode; children?: ReactNode; acts?: ReactNode };

/** What it is, what it does, and what can be done with it. */
export const SettingRow = ({ title, children, acts }: RowProps) => (
  <div className="set-row">
    <div className="what">
      <div className="med">{title}</div>
      {children && <p>{children}</p>}
    </div>
    {acts && <div className="acts">{acts}</div>}
  </div>
);

/** Who may change what stands below, where that is not who reads it. */
export function RoleNote({ role }: { role: Role }) {
  const reason = useRoleReason(role);
  if (reason === null) return null;
  return (
    <p className="set-reason">
      <Lock size={14} aria-hidden="true" />
      {reason}
    </p>
  );
}

/** Why what stands below rests until the line is back. */
export function LineNote() {
  const reason = useOfflineReason();
  if (reason === null) return null;
  return (
    <p className="set-reason" role="status">
      <WifiOff size={14} aria-hidden="true" />
      {reason}
    </p>
  );
}
