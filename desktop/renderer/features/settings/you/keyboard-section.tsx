import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { toSearchText } from '../../../../../shared/kernel/search-text.ts';
import { conflictsWith, keyCatalogue, type KeyEntry } from '../../../lib/actions/key-catalogue.ts';
import { chooseKey, resetKeys, shortcutsNow, useKeyChoices } from '../../../lib/actions/key-choices.ts';
import { record } from '../../../lib/actions/record-key.ts';
import { shortcutCaps, type Shortcut } from '../../../lib/actions/shortcut.ts';
import { formatList } from '../../../lib/format/format-list.ts';
import { t } from '../../../lib/i18n/t.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { FieldError, TextField } from '../../../ui/field.tsx';
import { SettingPage, SettingPart } from '../setting-parts.tsx';

type Entry = KeyEntry & { now: readonly Shortcut[] };

/** Every key of every screen, each of which can be another. Kept for this person on this computer. */
export function KeyboardSection() {
  const choices = useKeyChoices();
  const [text, setText] = useState('');
  const all: Entry[] = keyCatalogue().map((entry) => ({ ...entry, now: shortcutsNow(entry) }));
  const wanted = toSearchText(text);
  const shown = all.filter(({ section, label }) => toSearchText(`${section} ${label}`).includes(wanted));
  const changed = Object.keys(choices).length;
  return (
    <SettingPage
      title={t('Keyboard')}
      lead={t('Press a key to change it. Your keys are kept for you on this computer.')}
    >
      <div className="flex flex-wrap items-end gap-2">
        <div className="min-w-0 flex-1 basis-52">
          <TextField
            label={t('Find a key')}
            type="search"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        {changed > 0 && (
          <Button icon={RotateCcw} onClick={resetKeys}>
            {t('Reset {{count}} changed keys', { count: changed })}
          </Button>
        )}
      </div>
      {shown.length === 0 && <p className="text-small text-ink-3">{t('No key does “{{text}}”.', { text })}</p>}
      {[...Map.groupBy(shown, ({ section }) => section)].map(([section, entries]) => (
        <SettingPart key={section} title={section}>
          <ul className="set-card set-list">
            {entries.map((entry) => (
              <KeyRow key={entry.id} entry={entry} all={all} changed={entry.id in choices} />
            ))}
          </ul>
        </SettingPart>
      ))}
    </SettingPage>
  );
}

type Problem = { words: string; takeOver?: { shortcut: Shortcut; from: readonly Entry[] } };

function KeyRow({ entry, all, changed }: { entry: Entry; all: readonly Entry[]; changed: boolean }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const fixed = entry.now[0] === 'escape';
  const choose = (shortcut: Shortcut) => {
    const taken = conflictsWith(entry, shortcut, all);
    if (taken.length === 0) {
      setProblem(null);
      return chooseKey(entry.id, shortcut === entry.shortcuts[0] ? null : shortcut);
    }
    return setProblem({
      words: t('{{key}} already does “{{what}}” there.', {
        key: shortcutCaps(shortcut).join(' '),
        what: formatList(taken.map(({ label }) => label)),
      }),
      takeOver: { shortcut, from: taken },
    });
  };
  const takeOver = ({ shortcut, from }: NonNullable<Problem['takeOver']>) => {
    for (const other of from) chooseKey(other.id, '');
    chooseKey(entry.id, shortcut);
    setProblem(null);
  };
  return (
    <li className="set-row !py-1.5">
      <div className="what">
        {entry.label}
        {problem && (
          <div className="flex flex-wrap items-center gap-2">
            <FieldError message={problem.words} />
            {problem.takeOver && (
              <Button size="sm" onClick={() => problem.takeOver && takeOver(problem.takeOver)}>
                {t('Take it over')}
              </Button>
            )}
          </div>
        )}
      </div>
      <div className="acts">
        {changed && (
          <IconButton
            size="sm"
            icon={RotateCcw}
            label={t('Give “{{what}}” its own key back', { what: entry.label })}
            onClick={() => {
              setProblem(null);
              chooseKey(entry.id, null);
            }}
          />
        )}
        {entry.now.slice(1).map((key) => (
          <Caps key={key} shortcut={key} />
        ))}
        {fixed ? (
          <Caps shortcut="escape" />
        ) : (
          <KeyRecorder
            label={entry.label}
            shortcut={entry.now[0] ?? ''}
            onKey={choose}
            onKept={() => setProblem({ words: t('The system keeps this key for itself. Choose another.') })}
          />
        )}
      </div>
    </li>
  );
}

const Caps = ({ shortcut }: { shortcut: Shortcut }) =>
  shortcut === '' ? (
    <span className="text-ink-3">{t('none')}</span>
  ) : (
    <span className="keys">
      {shortcutCaps(shortcut).map((cap, place) => (
        // eslint-disable-next-line react/no-array-index-key -- the caps of one key never move
        <kbd key={`${cap} ${place}`}>{cap}</kbd>
      ))}
    </span>
  );

type RecorderProps = { label: string; shortcut: Shortcut; onKey: (shortcut: Shortcut) => void; onKept: () => void };

/** A button that listens to the next key once it was pressed. Esc leaves it as it was. */
function KeyRecorder({ label, shortcut, onKey, onKept }: RecorderProps) {
  const [listening, setListening] = useState(false);
  const [first, setFirst] = useState<string | null>(null);
  const stop = () => {
    setListening(false);
    setFirst(null);
  };
  const hear = (event: React.KeyboardEvent) => {
    if (!listening) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return stop();
    const heard = record(first, event.nativeEvent);
    if (heard.status === 'more') {
      if (event.key.toLowerCase() === 'g') setFirst('g');
      return undefined;
    }
    stop();
    return heard.status === 'kept' ? onKept() : onKey(heard.shortcut);
  };
  return (
    <button
      type="button"
      className="btn sm key-rec"
      data-listening={listening || undefined}
      aria-label={
        listening
          ? t('Press the new key for “{{what}}”, or Esc', { what: label })
          : t('Key for “{{what}}”: {{key}}', { what: label, key: shortcutCaps(shortcut).join(' ') || t('none') })
      }
      onClick={() => setListening(true)}
      onBlur={stop}
      onKeyDown={hear}
    >
      {listening ? first === null ? t('Press a key') : t('G, then …') : <Caps shortcut={shortcut} />}
    </button>
  );
}
