import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState } from 'react';
import { ariaShortcut } from '../lib/actions/shortcut.ts';
import { formatFull } from '../lib/format/format-time.ts';
import { t } from '../lib/i18n/t.ts';
import { useNow } from '../lib/use-now.ts';
import { useQuery } from '../lib/use-query.ts';
import { SyncGlyph } from '../ui/sync-glyph.tsx';
import { syncWords, type SyncWords } from './sync-words.ts';

const ANNOUNCE_EVERY_MS = 10_000;

/** The line about sync as it stands now; null until it is known. */
export function useSyncWords(): SyncWords | null {
  const { data: sync } = useQuery('sync.get', {});
  const { data: session } = useQuery('session.get', {});
  const now = useNow();
  if (!sync) return null;
  return syncWords(sync, { now, expired: session?.status === 'signed-in' && session.expired });
}

export function SyncLine() {
  const line = useSyncWords();
  const { data: sync } = useQuery('sync.get', {});
  const navigate = useNavigate();
  const detailId = useId();
  const spoken = useSpokenSlowly([line?.text, line?.detail].filter(Boolean).join('. '));
  if (!line) return null;
  const heard = sync?.dataAt
    ? t('The server was last heard {{when}}. Open the outbox', { when: formatFull(sync.dataAt) })
    : t('Open the outbox');
  return (
    <>
      <button
        type="button"
        className="sync"
        data-state={line.state}
        title={heard}
        aria-keyshortcuts={ariaShortcut('mod+shift+o')}
        aria-label={t('{{state}}. Open the outbox', { state: line.text })}
        aria-describedby={line.detail ? detailId : undefined}
        onClick={() => void navigate({ to: '/outbox' })}
      >
        <SyncGlyph state={line.glyph} />
        <span className="wide-only grid min-w-0 text-start">
          <span className="trunc">{line.text}</span>
          {line.detail && (
            <span id={detailId} className="trunc text-micro text-ink-3">
              {line.detail}
            </span>
          )}
        </span>
      </button>
      <span role="status" className="sr-only">
        {spoken}
      </span>
    </>
  );
}

/** The newest text, at most every ten seconds, so that a busy sync does not talk over everything. */
function useSpokenSlowly(text: string): string {
  const [spoken, setSpoken] = useState(text);
  const spokenAt = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, spokenAt.current + ANNOUNCE_EVERY_MS - Date.now());
    const timer = setTimeout(() => {
      spokenAt.current = Date.now();
      setSpoken(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return spoken;
}
