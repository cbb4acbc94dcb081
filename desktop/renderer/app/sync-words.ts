import type { Standstill, SyncState } from '../../../shared/bridge/bridge-contract.ts';
import { exhaustive } from '../../../shared/kernel/exhaustive.ts';
import { formatSince, formatSpan } from '../lib/format/format-time.ts';
import { t } from '../lib/i18n/t.ts';
import type { SyncGlyphState } from '../ui/sync-glyph.tsx';

export type SyncWords = {
  state: SyncGlyphState | 'stuck';
  glyph: SyncGlyphState;
  /** What is the matter, in a few words. */
  text: string;
  /** How old the data is, or what to know besides; null when there is nothing. */
  detail: string | null;
};

type Around = {
  now: number;
  /** The server ended the session: everything stays readable, nothing is sent. */
  expired: boolean;
};

const DAY_MS = 86_400_000;

/** `Data from 14:05`, and from two days on how old that is first: a list of last month must not pass for today's. */
export function dataAge({ dataAt }: Pick<SyncState, 'dataAt'>, now: number): string | null {
  if (dataAt === null) return null;
  const age = now - dataAt;
  const from = formatSince(dataAt, now);
  return age < 2 * DAY_MS
    ? t('Data from {{from}}', { from })
    : t('{{age}} old, from {{from}}', { age: formatSpan(age), from });
}

/** The one line about sync. What needs a person comes first: a full disk, a refused change, a session that ended. */
export function syncWords(sync: SyncState, { now, expired }: Around): SyncWords {
  const waiting = sync.pending > 0 ? t('{{count}} changes waiting', { count: sync.pending }) : null;
  const age = dataAge(sync, now);
  if (sync.diskFull)
    return {
      state: 'refused',
      glyph: 'refused',
      text: t('The disk is full'),
      detail: t('What arrives waits for room'),
    };
  if (sync.refused > 0) {
    const detail = sync.status === 'offline' ? age : waiting;
    return { state: 'refused', glyph: 'refused', text: t('{{count}} edits refused', { count: sync.refused }), detail };
  }
  if (expired)
    return {
      state: 'offline',
      glyph: 'offline',
      text: waiting ? t('Signed out · {{count}} changes waiting', { count: sync.pending }) : t('Signed out'),
      detail: age,
    };
  if (sync.standstill && sync.status !== 'offline')
    return { state: 'stuck', glyph: 'waiting', text: standstillWords(sync.standstill), detail: waiting ?? age };
  return { detail: null, ...wordsOf(sync, waiting, age, now) };
}

function standstillWords({ why }: Standstill): string {
  switch (why) {
    case 'app-too-old':
      return t('Update Switchboard to sync');
    case 'server-too-old':
      return t('Waits for the server’s update');
    case 'not-taken':
      return t('The server takes no changes');
    default:
      return exhaustive(why);
  }
}

function wordsOf(
  sync: SyncState,
  waiting: string | null,
  age: string | null,
  now: number,
): Omit<SyncWords, 'detail'> & { detail?: string | null } {
  const { status, firstSync, oldestWaitingAt } = sync;
  const since =
    oldestWaitingAt === null ? null : t('The oldest since {{since}}', { since: formatSince(oldestWaitingAt, now) });
  switch (status) {
    case 'starting':
      return firstSync
        ? {
            state: 'waiting',
            glyph: 'waiting',
            text: t('First sync, {{count}} rows', { count: firstSync.rows }),
            detail: waiting,
          }
        : { state: 'saved', glyph: 'saved', text: t('Starting'), detail: age };
    case 'saved':
      return { state: 'saved', glyph: 'saved', text: t('All changes saved') };
    case 'waiting':
      return { state: 'waiting', glyph: 'waiting', text: waiting ?? t('All changes saved') };
    case 'offline':
      return {
        state: 'offline',
        glyph: 'offline',
        text: waiting ? t('Offline · {{count}} changes waiting', { count: sync.pending }) : t('Offline'),
        detail: age,
      };
    case 'stuck':
      return {
        state: 'stuck',
        glyph: 'waiting',
        text: t('Stuck · {{count}} changes', { count: sync.pending }),
        detail: since,
      };
    default:
      return exhaustive(status);
  }
}
