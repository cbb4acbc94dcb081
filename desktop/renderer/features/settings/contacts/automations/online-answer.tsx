import type { ReactNode } from 'react';
import { WifiOff } from 'lucide-react';
import { useOfflineReason } from '../../../../lib/operations/use-reasons.ts';
import { Read } from '../../setting-read.tsx';

type AnswerProps<Result> = {
  of: { data: Result | undefined; error: Error | null; refetch: () => unknown };
  children: (data: Result) => ReactNode;
};

/** What only the server knows; without a line, that it is so. */
export function OnlineAnswer<Result>({ of, children }: AnswerProps<Result>) {
  const offline = useOfflineReason();
  if (offline !== null && of.data === undefined)
    return (
      <p className="set-reason" role="status">
        <WifiOff size={14} aria-hidden="true" />
        {offline}
      </p>
    );
  return <Read of={of}>{children}</Read>;
}
