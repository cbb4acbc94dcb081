import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { SyncState } from '../../../shared/bridge/bridge-contract.ts';
import { exhaustive } from '../../../shared/kernel/exhaustive.ts';
import { ariaShortcut } from '../lib/actions/shortcut.ts';
import { formatCount, plural } from '../lib/format/format-count.ts';
import { useQuery } from '../lib/use-query.ts';
import { SyncGlyph, type SyncGlyphState } from '../ui/sync-glyph.tsx';

const ANNOUNCE_EVERY_MS = 10_000;

type Line = { state: SyncGlyphState | 'stuck'; glyph: SyncGlyphState; text: string };

/** The one line about sync. A refused change comes first: it needs a person. */
export function syncLine(sync: SyncState): Line {
  if (sync.refused > 0) return { state: 'refused', glyph: 'refused', text: `${plural(sync.refused, 'edit')} refused` };
  const waiting = plural(sync.pending, 'change');
  switch (sync.status) {
    case 'starting':
      return sync.firstSync
        ? { state: 'waiting', glyph: 'waiting', text: `First sync, ${formatCount(sync.firstSync.rows)} rows` }
        : { state: 'saved', glyph: 'saved', text: 'Starting' };
    case 'saved':
      return { state: 'saved', glyph: 'saved', text: 'All changes saved' };
    case 'waiting':
      return { state: 'waiting', glyph: 'waiting', text: `${waiting} waiting` };
    case 'offline':
      return {
        state: 'offline',
        glyph: 'offline',
        text: sync.pending > 0 ? `Offline · ${waiting} waiting` : 'Offline',
      };
    case 'stuck':
      return { state: 'stuck', glyph: 'waiting', text: `Stuck · ${waiting}` };
    default:
      return exhaustive(sync.status);
  }
}

export function SyncLine() {
  const { data: sync } = useQuery('sync.get', {});
  const navigate = useNavigate();
  const line = sync ? syncLine(sync) : null;
  const spoken = useSpokenSlowly(line?.text ?? '');
  if (!line) return null;
  return (
    <>
      <button
        type="button"
        className="sync"
        data-state={line.state}
        title="Open the outbox"
        aria-keyshortcuts={ariaShortcut('mod+shift+o')}
        aria-label={`${line.text}. Open the outbox`}
        onClick={() => void navigate({ to: '/outbox' })}
      >
        <SyncGlyph state={line.glyph} />
        <span className="wide-only">{line.text}</span>
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
