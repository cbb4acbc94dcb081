import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

type ReadProps<Result> = {
  of: { data: Result | undefined; error: Error | null; refetch: () => unknown };
  rows?: number;
  children: (data: Result) => ReactNode;
};

/** What was read, or that it could not be: never an empty list or a switch that says "off" for want of an answer. */
export function Read<Result>({ of: { data, error, refetch }, rows = 3, children }: ReadProps<Result>) {
  if (data !== undefined) return children(data);
  if (error === null) return <Skeleton rows={rows} />;
  return (
    <div className="set-reason" role="alert">
      <CircleAlert size={14} aria-hidden="true" />
      <span className="flex-1">
        {t('This could not be read.')} {saidInWords(error.message)}
      </span>
      <Button size="sm" onClick={() => void refetch()}>
        {t('Try again')}
      </Button>
    </div>
  );
}
