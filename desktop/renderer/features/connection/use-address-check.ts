import { useEffect, useState } from 'react';
import type { ConnectionCheck } from '../../../../shared/bridge/host-contract.ts';
import { useBridge } from '../../lib/bridge-context.tsx';

const PAUSE_MS = 500;

/** What answers at an address that somebody types; null while nothing does, or nobody was asked yet. */
export function useAddressCheck(address: string): ConnectionCheck | 'asking' | null {
  const bridge = useBridge();
  const [found, setFound] = useState<{ of: string; check: ConnectionCheck } | null>(null);
  const typed = address.trim();
  // A single word is still being typed.
  const isWorth = /[.:]\S|^localhost$/.test(typed);
  useEffect(() => {
    if (!isWorth) return;
    let stale = false;
    const timer = setTimeout(() => {
      void bridge.call('connection.check', { address: typed }).then((reply) => {
        if (stale) return;
        const check: ConnectionCheck =
          'error' in reply ? { ok: false, why: 'out-of-reach', message: reply.error.message } : reply.data;
        setFound({ of: typed, check });
      });
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [bridge, typed, isWorth]);
  if (!isWorth) return null;
  return found?.of === typed ? found.check : 'asking';
}
