import { useNavigate } from '@tanstack/react-router';
import { useContactList } from '../../features/contacts/list/contact-list-state.tsx';
import { DashboardPage } from '../../features/dashboard/dashboard-page.tsx';

/** The dashboard, with the way from each number to its contacts. */
export function DashboardRoute() {
  const { change } = useContactList();
  const navigate = useNavigate();
  return (
    <DashboardPage
      onList={(rule) => {
        const isEverybody = 'all' in rule && rule.all.length === 0;
        change({ filter: isEverybody ? undefined : 'all' in rule ? rule : { all: [rule] }, search: '' });
        void navigate({ to: '/contacts' });
      }}
    />
  );
}
