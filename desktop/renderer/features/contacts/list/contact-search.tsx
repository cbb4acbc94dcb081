import { Search, X } from 'lucide-react';
import { useRef } from 'react';
import { useActions } from '../../../lib/actions/actions.tsx';
import { formatCount } from '../../../lib/format/format-count.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { Keys } from '../../../ui/keys.tsx';
import { Trans } from '../../../lib/i18n/trans.tsx';
import { t } from '../../../lib/i18n/t.ts';
import { useContactList } from './contact-list-state.tsx';

type ContactSearchProps = {
  onDown: () => void;
  onEnter: () => void;
  /** Receives the place beside the count where the list says what has arrived. */
  arrivalsSlot: (slot: HTMLElement | null) => void;
};

/** Searching while typing, answered from this computer. ↓ goes into the list, Enter opens the first, Esc clears. */
export function ContactSearch({ onDown, onEnter, arrivalsSlot }: ContactSearchProps) {
  const { view, setView, shown } = useContactList();
  const { data: all } = useQuery('contacts.count', {});
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
    else if (event.key === 'Escape' && view.search) setView({ search: '' });
    else if (event.key === 'Escape') input.current?.blur();
    else return;
    event.preventDefault();
  };
  const found = shown && `${formatCount(shown.total)}${shown.capped ? '+' : ''}`;
  return (
    <div className="sentence" role="search">
      <label className="field quiet w-full max-w-[380px]">
        <Search size={14} aria-hidden="true" />
        <input
          ref={input}
          type="search"
          aria-label={t('Find in contacts')}
          placeholder={t('Find by name, company, phone or email')}
          value={view.search}
          onChange={(event) => setView({ search: event.target.value })}
          onKeyDown={onKeyDown}
        />
        {view.search ? (
          <button type="button" aria-label={t('Clear the search')} onClick={() => setView({ search: '' })}>
            <X size={14} aria-hidden="true" />
          </button>
        ) : (
          <Keys shortcut="/" />
        )}
      </label>
      <span ref={arrivalsSlot} className="ms-auto" />
      {shown && found && (
        <span className="num text-small">
          {shown.view.search && all !== undefined ? (
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
