import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

export function NoSuchPage() {
  return (
    <EmptyState
      title="There is no such page"
      actions={
        <Link className="btn" to="/contacts">
          All contacts
        </Link>
      }
    >
      The address leads nowhere in this version.
    </EmptyState>
  );
}

/** A bug reached the page. The core is another process, so what was saved is safe. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  return (
    <EmptyState title="This page broke" actions={<Button onClick={reset}>Show it again</Button>}>
      What you saved before is kept on this computer. Details for support: {String(error)}
    </EmptyState>
  );
}
