import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { must } from '../../../shared/kernel/must.ts';
import type { HostBridge } from './bridge.ts';
import { connectLiveQueries } from './live-queries.ts';

const BridgeContext = createContext<HostBridge | null>(null);

/** Everything reads from this computer: nothing is retried, nothing waits for the network, nothing grows old by itself. */
const newQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', staleTime: Infinity, retry: false, refetchOnWindowFocus: false },
    },
  });

export function BridgeProvider({ bridge, children }: { bridge: HostBridge; children: ReactNode }) {
  const [client] = useState(newQueryClient);
  useEffect(() => connectLiveQueries(bridge, client), [bridge, client]);
  return (
    <BridgeContext value={bridge}>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </BridgeContext>
  );
}

export const useBridge = (): HostBridge => must(useContext(BridgeContext), 'BridgeProvider');
