import { Command } from 'cmdk';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { toSearchText } from '../../../../../shared/kernel/search-text.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useQuery } from '../../../lib/use-query.ts';

const SUGGESTIONS = 8;

/** Finds a tag by typing, or makes one; those that are taken already are not offered. */
export function TagPicker({ taken, onPick }: { taken: readonly string[]; onPick: (tag: string) => void }) {
  const [text, setText] = useState('');
  const [pointed, setPointed] = useState('');
  const name = text.trim();
  const { data: found = [] } = useQuery(
    'tags.list',
    { search: name, limit: SUGGESTIONS + taken.length },
    { keep: true },
  );
  const has = new Set(taken.map(toSearchText));
  // While the answer to the newest letters is on its way the older one is shown: Enter must never take a tag that was not typed.
  const offered = found
    .filter((tag) => !has.has(toSearchText(tag.name)) && toSearchText(tag.name).includes(toSearchText(name)))
    .slice(0, SUGGESTIONS);
  const known = has.has(toSearchText(name)) || offered.some((tag) => toSearchText(tag.name) === toSearchText(name));
  const make = `make ${name}`;
  const choices = [...offered.map((tag) => tag.id), ...(name && !known ? [make] : [])];
  // A choice that went away with the newest letters gives way to the first one that is there.
  const chosen = choices.includes(pointed) ? pointed : (choices[0] ?? '');
  return (
    <Command shouldFilter={false} label={t('Add a tag')} value={chosen} onValueChange={setPointed}>
      <div className="field mb-1">
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder={t('Find or make a tag')}
          maxLength={60}
        />
      </div>
      <Command.List label={t('Suggestions')}>
        {offered.map((tag) => (
          <Command.Item key={tag.id} value={tag.id} className="menu-item" onSelect={() => onPick(tag.name)}>
            <span className="trunc">{tag.name}</span>
          </Command.Item>
        ))}
        {name && !known && (
          <Command.Item value={make} className="menu-item" onSelect={() => onPick(name)}>
            <Plus size={14} aria-hidden="true" />
            <span className="trunc">{t('Make “{{name}}”', { name })}</span>
          </Command.Item>
        )}
        {name && known && offered.length === 0 && <p className="menu-label">{t('Has this tag already')}</p>}
      </Command.List>
    </Command>
  );
}
