import { t } from '../../lib/i18n/t.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

/** In place of tasks that this computer could not read now. */
export function UnreadableTasks({ onRetry }: { onRetry: () => void }) {
  return (
    <EmptyState title={t('The tasks could not be read')} actions={<Button onClick={onRetry}>{t('Try again')}</Button>}>
      {t('They are safe on this computer.')}
    </EmptyState>
  );
}
