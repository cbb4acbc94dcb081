import type { ReactNode } from 'react';

type NoticeProps = {
  tone: 'danger' | 'warning' | 'offline';
  icon: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
};

/** What happened, what became of the work, what to do. */
export function Notice({ tone, icon, title, children, actions }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone}>
      {icon}
      <div className="min-w-0 flex-1">
        <div className="med">{title}</div>
        {children && <p>{children}</p>}
      </div>
      {actions}
    </div>
  );
}
