import { useNavigate, useRouterState } from '@tanstack/react-router';
import { Bookmark } from 'lucide-react';
import { ruleToQuery } from '../../../../shared/segments/rule-url.ts';
import { useContactList } from '../../features/contacts/list/contact-list-state.tsx';
import { t } from '../../lib/i18n/t.ts';
import { useQuery } from '../../lib/use-query.ts';

/** One's own views of the contacts, from every screen. The open one is marked while the list is on screen. */
export function SavedViews() {
  const { data: views = [] } = useQuery('contacts.views', {});
  const { viewId, openView } = useContactList();
  const navigate = useNavigate();
  const isList = useRouterState({ select: ({ location }) => location.pathname === '/contacts' });
  if (views.length === 0) return null;
  return (
    <ul className="side-views" aria-label={t('Saved views')}>
      {views.map(({ id, name, view }) => (
        <li key={id}>
          <a
            href={`#/contacts${view.filter ? `?${new URLSearchParams(ruleToQuery(view.filter)).toString()}` : ''}`}
            className="nav-item"
            title={name}
            aria-current={isList && id === viewId ? 'true' : undefined}
            onClick={(event) => {
              event.preventDefault();
              openView(id, view);
              // The list in sight follows by itself; its address is written from its filter.
              if (!isList) void navigate({ to: '/contacts' });
            }}
          >
            <Bookmark size={14} aria-hidden="true" />
            <span className="trunc">{name}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
