import type { SyncState } from '../../../../shared/bridge/bridge-contract.ts';
import { exhaustive } from '../../../../shared/kernel/exhaustive.ts';
import { formatCount, plural } from '../../lib/format/format-count.ts';
import { formatAgo, formatFull, formatSince, formatSpan } from '../../lib/format/format-time.ts';
import { SyncGlyph, type SyncGlyphState } from '../../ui/sync-glyph.tsx';

/** How the line to the server stands and how old the data is, in whole sentences. */
export function LineNow({ sync, now }: { sync: SyncState; now: number }) {
  const { glyph, title, text } = lineSentences(sync, now);
  return (
    <section className="panel flex flex-wrap items-start gap-3 p-3.5" aria-label="Now">
      <span className="mt-1">
        <SyncGlyph state={glyph} />
      </span>
      <div className="min-w-[200px] flex-1">
        <p className="med">{title}</p>
        <p className="text-small text-ink-2">{text}</p>
      </div>
      {sync.dataAt !== null && (
        <time className="num text-small text-ink-3 max-[640px]:pl-[34px]" title={formatFull(sync.dataAt)}>
          Heard {formatAgo(sync.dataAt, now) === 'now' ? 'just now' : formatSince(sync.dataAt, now)}
        </time>
      )}
    </section>
  );
}

type Sentences = { glyph: SyncGlyphState; title: string; text: string };

export function lineSentences(sync: SyncState, now: number): Sentences {
  const { status, firstSync, dataAt, pending, oldestWaitingAt, diskFull } = sync;
  const waits = plural(pending, 'change waits', 'changes wait');
  if (diskFull)
    return {
      glyph: 'refused',
      title: 'The disk of this computer is full',
      text: 'What you see stays. What arrives is not written down; the server sends it again when there is room.',
    };
  switch (status) {
    case 'starting':
      return firstSync
        ? {
            glyph: 'waiting',
            title: `First sync: ${plural(firstSync.rows, 'contact is', 'contacts are')} here`,
            text: 'Everything that is here can be used and searched already. Tags, notes and messages follow.',
          }
        : { glyph: 'saved', title: 'Starting', text: 'The server has not answered yet. Everything here can be used.' };
    case 'saved':
      return { glyph: 'saved', title: 'Everything is in step', text: 'No change waits, and the server is in reach.' };
    case 'waiting':
      return { glyph: 'waiting', title: `${waits} to be confirmed`, text: 'The server is in reach.' };
    case 'stuck':
      return {
        glyph: 'waiting',
        title: `${waits} for more than 10 minutes`,
        text: `The server answers but has not taken them; the oldest is from ${formatSince(oldestWaitingAt ?? now, now)}. They are kept. Sync now, or keep working and look again later.`,
      };
    case 'offline': {
      const age =
        dataAt === null ? '' : ` The data is from ${formatSince(dataAt, now)}, ${formatSpan(now - dataAt)} old.`;
      const kept =
        pending === 0
          ? ''
          : ` ${formatCount(pending)} ${pending === 1 ? 'change is' : 'changes are'} kept and will be sent.`;
      return {
        glyph: 'offline',
        title: 'The server is out of reach',
        text: `Keep working: everything here is on this computer.${age}${kept}`,
      };
    }
    default:
      return exhaustive(status);
  }
}
