import { useNavigate } from '@tanstack/react-router';
import { useContactList } from '../../features/contacts/list/contact-list-state.tsx';
import { SegmentPage } from '../../features/segments/segment-page.tsx';

/** The builder of a segment: a new one begins with the filters of the list, and any can be looked at as a list. */
export function SegmentRoute({ id }: { id: string }) {
  const { list, change } = useContactList();
  const navigate = useNavigate();
  return (
    <SegmentPage
      id={id}
      startWith={list.filter ?? null}
      onList={(rule) => {
        change({ filter: rule, search: '' });
        void navigate({ to: '/contacts' });
      }}
    />
  );
}
