import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Inbox, ListTodo, MessageSquare, StickyNote, type LucideIcon } from 'lucide-react';
import type { SearchHit } from '../../../../shared/bridge/bridge-contract.ts';
import type { Excerpt } from '../../../../shared/bridge/team-contract.ts';
import { formatDue } from '../../lib/format/format-due.ts';
import { formatAgo, formatFull } from '../../lib/format/format-time.ts';
import { t } from '../../lib/i18n/t.ts';
import { useNow } from '../../lib/use-now.ts';
import { useQuery } from '../../lib/use-query.ts';
import { searchTiming } from './found-people.tsx';
import { afterClosing, type PaletteGroupProps } from './palette-go.ts';

const TEXTS = 16;
/** While the index is being built, more is found by itself. */
const BUILDING_MS = 700;
const KINDS = ['conversation', 'message', 'note', 'task'] as const;
type Kind = (typeof KINDS)[number];
type TextHit = Exclude<SearchHit, { kind: 'contact' }>;

const ICONS: Record<Kind, LucideIcon> = {
  conversation: Inbox,
  message: MessageSquare,
  note: StickyNote,
  task: ListTodo,
};

const kindWords = (): Record<Kind, string> => ({
  conversation: t('Conversations'),
  message: t('Texts'),
  note: t('Notes'),
  task: t('Tasks'),
});

/** Where the words stand in what was written: conversations, texts, notes, tasks, each under its heading. */
export function FoundTexts({ text, close }: PaletteGroupProps) {
  const now = useNow();
  const asked = { text, limit: TEXTS, kinds: [...KINDS] };
  const { data } = useQuery('search.everywhere', asked, {
    enabled: text !== '',
    keep: true,
    againMs: (answer) => (answer?.building ? BUILDING_MS : false),
  });
  if (text === '' || !data) return null;
  const hits = data.hits.filter((hit): hit is TextHit => hit.kind !== 'contact');
  const words = kindWords();
  const groups = KINDS.map((kind) => ({ kind, found: hits.filter((hit) => hit.kind === kind) })).filter(
    ({ found }) => found.length > 0,
  );
  return (
    <>
      {groups.map(({ kind, found }, place) => (
        <Command.Group
          key={kind}
          heading={
            <>
              {words[kind]} {place === 0 && <span>{searchTiming(data)}</span>}
            </>
          }
        >
          {found.map((hit) => (
            <FoundText key={keyOf(hit)} hit={hit} now={now} close={close} />
          ))}
        </Command.Group>
      ))}
      {data.building && (
        <p className="px-4 py-2 text-small text-ink-3">
          {t('Older texts are still being made searchable. They show up here by themselves.')}
        </p>
      )}
    </>
  );
}

const keyOf = (hit: TextHit): string => `${hit.kind} ${'messageId' in hit ? hit.messageId : hit.id}`;

function FoundText({ hit, now, close }: { hit: TextHit; now: number; close: () => void }) {
  const navigate = useNavigate();
  const Icon = ICONS[hit.kind];
  const open = () =>
    void (hit.kind === 'task'
      ? navigate({ to: '/tasks/$id', params: { id: hit.id } })
      : navigate({ to: '/contacts/$id', params: { id: hit.contactId } }));
  const name = hit.contactName ?? (hit.kind === 'task' ? null : t('No name'));
  return (
    <Command.Item value={keyOf(hit)} onSelect={afterClosing(close, open)}>
      <Icon size={16} aria-hidden="true" />
      {name && <span className="trunc max-w-[30%] flex-none">{name}</span>}
      <span className={`trunc ${name ? 'text-small text-ink-2' : ''}`}>
        <MarkedExcerpt {...hit.excerpt} />
      </span>
      <span className="push num" title={formatFull(hit.at)}>
        {hit.kind === 'task' && hit.done && t('Done', { context: 'task' })}
        {hit.kind === 'task' && !hit.done && hit.dueAt !== null && formatDue({ at: hit.dueAt, allDay: false }, now)}
        {hit.kind !== 'task' && formatAgo(hit.at, now)}
      </span>
    </Command.Item>
  );
}

const MarkedExcerpt = ({ text, from, to }: Excerpt) => (
  <>
    {text.slice(0, from)}
    <mark>{text.slice(from, to)}</mark>
    {text.slice(to)}
  </>
);
