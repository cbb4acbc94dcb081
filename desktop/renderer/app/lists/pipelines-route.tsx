import { useNavigate } from '@tanstack/react-router';
import { must } from '../../../../shared/kernel/must.ts';
import { builtInViews } from '../../features/contacts/list/columns/list-view.ts';
import { useContactList } from '../../features/contacts/list/contact-list-state.tsx';
import { PipelinesPage } from '../../features/pipelines/pipelines-page.tsx';

/** The board, with the way to the list of the same contacts. */
export function PipelinesRoute({ id }: { id: string | null }) {
  const { openView } = useContactList();
  const navigate = useNavigate();
  return (
    <PipelinesPage
      id={id}
      onList={(filter) => {
        const byStage = must(
          builtInViews().find((view) => view.id === 'pipeline'),
          'the view by stage',
        );
        openView(byStage.id, { ...byStage.view, filter });
        void navigate({ to: '/contacts' });
      }}
    />
  );
}
