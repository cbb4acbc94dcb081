import { useBridge } from '../../lib/bridge-context.tsx';
import { useQuery } from '../../lib/use-query.ts';
import { showError } from '../../ui/toaster.tsx';

/** Signing out at once, and how many changes it would leave behind. */
export function useSignOut() {
  const bridge = useBridge();
  const { data: sync } = useQuery('sync.get', {});
  const signOut = async (unsent: 'keep' | 'discard') => {
    const reply = await bridge.call('session.signOut', { unsent });
    if ('error' in reply) showError(reply.error);
  };
  return { unsent: (sync?.pending ?? 0) + (sync?.refused ?? 0), signOut };
}
