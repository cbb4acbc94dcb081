import { useState } from 'react';
import { t } from '../../../lib/i18n/t.ts';

type NameFieldProps = {
  name: string;
  /** Why it cannot be changed; null where it can. */
  denied: string | null;
  maxLength?: number;
  onRename: (name: string) => void;
};

/** A name that is changed where it stands: saved by Enter or on leaving, put back by Escape or by emptying it. */
export function NameField({ name, denied, maxLength = 100, onRename }: NameFieldProps) {
  const [text, setText] = useState(name);
  const [known, setKnown] = useState(name);
  if (known !== name) {
    setKnown(name);
    // What somebody is typing stays when others rename it meanwhile.
    if (text === known) setText(name);
  }
  const save = () => {
    const typed = text.trim();
    if (!typed) setText(name);
    else if (typed !== name) onRename(typed);
  };
  return (
    <span className="field what">
      <input
        aria-label={t('Name of {{name}}', { name })}
        value={text}
        maxLength={maxLength}
        disabled={denied !== null}
        title={denied ?? undefined}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') setText(name);
        }}
      />
    </span>
  );
}
