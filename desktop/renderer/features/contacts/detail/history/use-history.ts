import { useCallback, useEffect, useState } from 'react';
import type { ContactHistory } from '../../../../../../shared/bridge/bridge-contract.ts';
import { useBridge } from '../../../../lib/bridge-context.tsx';
import { saidInWords } from '../../../../lib/i18n/said-in-words.ts';
import { useQuery } from '../../../../lib/use-query.ts';

const PAGE = 100;

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
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { data: sync } = useQuery('sync.get', {});
  const offline = sync?.status === 'offline';
  const args = { contactId, limit: whole ? 100_000 : limit };
  const { data: history, error, refetch } = useQuery('history.list', args, { keep: true });

  const fetch = useCallback(
    async (older: boolean) => {
      setBusy(true);
      const reply = await bridge.call('history.fetch', { contactId, older });
      const isExpected = 'error' in reply && reply.error.code === 'unavailable';
      setProblem('error' in reply && !isExpected ? saidInWords(reply.error.message) : null);
      await refetch();
      setBusy(false);
    },
    [bridge, contactId, refetch],
  );
  // What is here is read first: an answer that comes while it is being read would not be read again.
  const known = sync !== undefined && history !== undefined;
  useEffect(() => {
    if (!known || offline) return undefined;
    const soon = setTimeout(() => void fetch(false));
    return () => clearTimeout(soon);
  }, [fetch, known, offline]);
  const wantsMore = whole && !offline && !busy && problem === null && history?.older === true;
  useEffect(() => {
    if (!wantsMore) return undefined;
    const soon = setTimeout(() => void fetch(true));
    return () => clearTimeout(soon);
  }, [wantsMore, fetch]);

  const earlier = () => {
    if (history?.more) setLimit(limit + PAGE);
    else if (history?.older && !offline && !busy) {
      setLimit(limit + PAGE);
      void fetch(true);
    }
  };
  return {
    history,
    unreadable: error ? saidInWords(error.message) : null,
    readAgain: () => void refetch(),
    offline,
    busy,
    problem,
    earlier,
  };
}
