import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ContactHistory } from '../../../../../../shared/bridge/bridge-contract.ts';
import { unwrap } from '../../../../lib/bridge-error.ts';
import { useBridge } from '../../../../lib/bridge-context.tsx';
import { saidInWords } from '../../../../lib/i18n/said-in-words.ts';
import { useQuery } from '../../../../lib/use-query.ts';

const PAGE = 100;
const ALL = 100_000;

export type History = {
  history: ContactHistory | undefined;
  /** Why it could not be read, in words. */
  unreadable: string | null;
  readAgain: () => void;
  offline: boolean;
  busy: boolean;
  /** What the server answered instead, in words. */
  problem: string | null;
  /** Earlier ones: of this computer, then of the server. */
  earlier: () => void;
};

/** A contact's past as it is here, brought up to date when it is opened and when the line comes back. `whole` fetches all there is. */
export function useHistory(contactId: string, { whole = false }: { whole?: boolean } = {}): History {
  const bridge = useBridge();
  const [limit, setLimit] = useState(PAGE);
  const { data: sync } = useQuery('sync.get', {});
  const offline = sync?.status === 'offline';
  const args = { contactId, limit: whole ? ALL : limit };
  const { data: history, error, refetch } = useQuery('history.list', args, { keep: true });
  const {
    mutate: fetch,
    isPending: busy,
    error: failure,
  } = useMutation({
    // Offline is what the bridge says, not the browser.
    networkMode: 'always',
    mutationFn: async (older: boolean) => {
      unwrap(await bridge.call('history.fetch', { contactId, older }));
      await refetch();
    },
  });

  // What is here is read first: an answer that comes while it is being read would not be read again.
  const known = sync !== undefined && history !== undefined;
  useEffect(() => {
    if (known && !offline) fetch(false);
  }, [fetch, known, offline]);
  const wantsMore = whole && !offline && !busy && failure === null && history?.older === true;
  useEffect(() => {
    if (wantsMore) fetch(true);
  }, [wantsMore, fetch]);

  const earlier = () => {
    if (busy || !history) return;
    const show = () => setLimit(limit + PAGE);
    if (history.more) show();
    else if (history.older && !offline) fetch(true, { onSuccess: show });
  };
  return {
    history,
    unreadable: error ? saidInWords(error.message) : null,
    readAgain: () => {
      void refetch();
      if (!offline) fetch(false);
    },
    offline,
    busy,
    problem: failure && !offline ? saidInWords(failure.message) : null,
    earlier,
  };
}
