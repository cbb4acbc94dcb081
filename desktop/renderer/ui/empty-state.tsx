import type { ReactNode } from 'react';

/** What to read where nothing is: why it is empty and what to do. The cord hangs between two open jacks. */
export function EmptyState({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="empty">
      <svg width="56" height="56" viewBox="0 0 56 56" fill="none" strokeWidth="3" aria-hidden="true">
        <path d="M38 14H22a8 8 0 0 0 0 16M16 42h14" stroke="var(--accent-border)" strokeLinecap="round" />
        <circle cx="43" cy="14" r="5" stroke="var(--border-control)" strokeWidth="2.4" />
        <circle cx="11" cy="42" r="5" stroke="var(--border-control)" strokeWidth="2.4" />
      </svg>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {actions && <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
