import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../ui/button.tsx';
import { t } from '../lib/i18n/t.ts';
import { EmptyState } from '../ui/empty-state.tsx';

export function NoSuchPage() {
  return (
    <EmptyState
      title={t('There is no such page')}
      actions={
        <Link className="btn" to="/contacts">
          {t('All contacts')}
        </Link>
      }
    >
      {t('The address leads nowhere in this version.')}
    </EmptyState>
  );
}

/** A bug reached the page. The core is another process, so what was saved is safe. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  return (
    <EmptyState title={t('This page broke')} actions={<Button onClick={reset}>{t('Show it again')}</Button>}>
      {t('What you saved before is kept on this computer. Details for support: {{error}}', { error: String(error) })}
    </EmptyState>
  );
}
