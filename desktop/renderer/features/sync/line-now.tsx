import type { SyncState } from '../../../../shared/bridge/bridge-contract.ts';
import { exhaustive } from '../../../../shared/kernel/exhaustive.ts';
import { formatFull, formatSince, formatSpan } from '../../lib/format/format-time.ts';
import { t } from '../../lib/i18n/t.ts';
import { SyncGlyph, type SyncGlyphState } from '../../ui/sync-glyph.tsx';

/** How the line to the server stands and how old the data is, in whole sentences. */
export function LineNow({ sync, now }: { sync: SyncState; now: number }) {
  const { glyph, title, text } = lineSentences(sync, now);
  return (
    <section className="panel flex flex-wrap items-start gap-3 p-3.5" aria-label={t('Now')}>
      <span className="mt-1">
        <SyncGlyph state={glyph} />
      </span>
      <div className="min-w-[200px] flex-1">
        <p className="med">{title}</p>
        <p className="text-small text-ink-2">{text}</p>
      </div>
      {sync.dataAt !== null && (
        <time className="num text-small text-ink-3 max-[640px]:ps-[34px]" title={formatFull(sync.dataAt)}>
          {now - sync.dataAt < 60_000
            ? t('Heard just now')
            : t('Heard {{when}}', { when: formatSince(sync.dataAt, now) })}
        </time>
      )}
    </section>
  );
}

type Sentences = { glyph: SyncGlyphState; title: string; text: string };

export function lineSentences(sync: SyncState, now: number): Sentences {
  const { status, firstSync, dataAt, pending, oldestWaitingAt, diskFull } = sync;
  if (diskFull)
    return {
      glyph: 'refused',
      title: t('The disk of this computer is full'),
      text: t('What you see stays. What arrives is not written down; the server sends it again when there is room.'),
    };
  switch (status) {
    case 'starting':
      return firstSync
        ? {
            glyph: 'waiting',
            title: t('First sync: {{count}} contacts are here', { count: firstSync.rows }),
            text: t('Everything that is here can be used and searched already. Tags, notes and messages follow.'),
          }
        : {
            glyph: 'saved',
            title: t('Starting'),
            text: t('The server has not answered yet. Everything here can be used.'),
          };
    case 'saved':
      return {
        glyph: 'saved',
        title: t('Everything is in step'),
        text: t('No change waits, and the server is in reach.'),
      };
    case 'waiting':
      return {
        glyph: 'waiting',
        title: t('{{count}} changes wait to be confirmed', { count: pending }),
        text: t('The server is in reach.'),
      };
    case 'stuck':
      return {
        glyph: 'waiting',
        title: t('{{count}} changes wait for more than 10 minutes', { count: pending }),
        text: t(
          'The server answers but has not taken them; the oldest is from {{since}}. They are kept. Sync now, or keep working and look again later.',
          { since: formatSince(oldestWaitingAt ?? now, now) },
        ),
      };
    case 'offline': {
      const sentences = [
        t('Keep working: everything here is on this computer.'),
        dataAt !== null &&
          t('The data is from {{since}}, {{age}} old.', {
            since: formatSince(dataAt, now),
            age: formatSpan(now - dataAt),
          }),
        pending > 0 && t('{{count}} changes are kept and will be sent.', { count: pending }),
      ];
      return {
        glyph: 'offline',
        title: t('The server is out of reach'),
        text: sentences.filter(Boolean).join(' '),
      };
    }
    default:
      return exhaustive(status);
  }
}
