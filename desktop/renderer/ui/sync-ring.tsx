import { X } from 'lucide-react';
import { t } from '../lib/i18n/t.ts';
import { useEffect, useState } from 'react';

const SAVED_MS = 1_200;

/** Dashed while the change is only on this computer, solid for 1.2 s once it is saved, a red cross when it was refused. */
export function SyncRing({ pending, refused }: { pending: boolean; refused: boolean }) {
  const [before, setBefore] = useState(pending);
  const [justSaved, setJustSaved] = useState(false);
  if (before !== pending) {
    setBefore(pending);
    setJustSaved(before && !refused);
  }
  useEffect(() => {
    if (!justSaved) return undefined;
    const timer = setTimeout(() => setJustSaved(false), SAVED_MS);
    return () => clearTimeout(timer);
  }, [justSaved]);

  if (refused)
    return (
      <X size={12} strokeWidth={3} className="text-sync-refused" role="img" aria-label={t('A change was refused')} />
    );
  if (pending) return <span className="pend" role="img" aria-label={t('Not sent yet')} title={t('Not sent yet')} />;
  return justSaved ? <span className="pend" data-saved="" role="img" aria-label={t('Saved')} /> : null;
}
