import { Search, X } from 'lucide-react';
import { useRef } from 'react';
import type { SegmentRule } from '../../../../../shared/segments/segment.ts';
import { useActions } from '../../../lib/actions/actions.tsx';
import { formatCount } from '../../../lib/format/format-count.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { Keys } from '../../../ui/keys.tsx';
import { Trans } from '../../../lib/i18n/trans.tsx';
import { t } from '../../../lib/i18n/t.ts';
import { ChoiceCountsContext } from '../../../lib/rules/choice-counts.tsx';
import { FilterBar } from '../../../lib/rules/filter-bar.tsx';
import { useContactList } from './contact-list-state.tsx';

/** While the numbers beside the choices are being found out. */
const CHOICES_AGAIN_MS = 1_000;

/** The conditions that all have to hold; a rule of another kind is one of them. */
const partsOf = (filter: SegmentRule | undefined): readonly SegmentRule[] =>
  !filter ? [] : 'all' in filter ? filter.all : [filter];

type ContactSearchProps = {
  onDown: () => void;
  onEnter: () => void;
  /** Receives the place beside the count where the list says what has arrived. */
  arrivalsSlot: (slot: HTMLElement | null) => void;
};

/** Searching while typing, answered from this computer. ↓ goes into the list, Enter opens the first, Esc clears. */
export function ContactSearch({ onDown, onEnter, arrivalsSlot }: ContactSearchProps) {
  const { list, change, shown } = useContactList();
  const { data: all } = useQuery('contacts.count', {});
  const { data: choices } = useQuery(
    'contacts.choices',
    { view: { search: list.search, ...(list.filter && { filter: list.filter }) } },
    { keep: true, againMs: (answer) => (answer === null ? CHOICES_AGAIN_MS : false) },
  );
  const input = useRef<HTMLInputElement>(null);
  useActions([
    {
      id: 'contacts.search',
      label: t('Find in contacts'),
      icon: Search,
      section: t('Contacts'),
      shortcuts: ['/'],
      run: () => {
        input.current?.focus();
        input.current?.select();
      },
    },
  ]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown') onDown();
    else if (event.key === 'Enter') onEnter();
    else if (event.key === 'Escape' && list.search) change({ search: '' });
    else if (event.key === 'Escape') input.current?.blur();
    else return;
    event.preventDefault();
  };
  const found = shown && `${formatCount(shown.total)}${shown.capped ? '+' : ''}`;
  return (
    <div className="sentence" role="search">
      <label className="field quiet sentence-search">
        <Search size={14} aria-hidden="true" />
        <input
          ref={input}
          type="search"
          aria-label={t('Find in contacts')}
          placeholder={t('Find by name, company, phone or email')}
          value={list.search}
          onChange={(event) => change({ search: event.target.value })}
          onKeyDown={onKeyDown}
        />
        {list.search ? (
          <button type="button" aria-label={t('Clear the search')} onClick={() => change({ search: '' })}>
            <X size={14} aria-hidden="true" />
          </button>
        ) : (
          <Keys shortcut="/" />
        )}
      </label>
      <ChoiceCountsContext value={choices?.counts ?? null}>
        <FilterBar
          parts={partsOf(list.filter)}
          onChange={(parts) => change({ filter: parts.length > 0 ? { all: parts } : undefined })}
        />
      </ChoiceCountsContext>
      <span ref={arrivalsSlot} className="ms-auto" />
      {shown && found && (
        <span className="num text-small">
          {(shown.view.search || shown.view.filter) && all !== undefined ? (
            <Trans
              text="<found>{{found}}</found><rest> of {{all}}, in {{ms}} ms</rest>"
              parts={{ found: <b className="text-ink-1" />, rest: <span className="wide" /> }}
              values={{ found, all, ms: Math.max(1, Math.round(shown.tookMs)) }}
            />
          ) : (
            <b className="text-ink-1">{found}</b>
          )}
        </span>
      )}
    </div>
  );
}
