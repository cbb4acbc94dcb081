import { useSyncExternalStore } from 'react';
import { RecoveryCodes } from '../../ui/controls/recovery-codes.tsx';

let shown: readonly string[] | null = null;
const listeners = new Set<() => void>();

/** Recovery codes come with the session that ends the sign-in screen, and are shown whatever stands in its place. */
export function showRecoveryCodes(codes: readonly string[] | null): void {
  shown = codes;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Mounted once, above everything that a sign-in changes. */
export function NewRecoveryCodes() {
  const codes = useSyncExternalStore(subscribe, () => shown);
  return codes && <RecoveryCodes codes={codes} onClose={() => showRecoveryCodes(null)} />;
}
