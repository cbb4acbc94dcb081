import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';

/** Of all of them, until they are sent or the person signs out: nothing else is asked of this client by that name. */
const keyOf = (about: string) => ['unsent', about] as const;

type UnsentText = {
  text: string;
  write: (text: string) => void;
  /** This one is saved: it goes, unless somebody typed on meanwhile. */
  sent: (text: string) => void;
};

/**
 * A text while it is written. It stays when its field leaves the screen, by another tab, contact or page, and is there again when the
 * field is. In memory alone: what was not sent is nowhere on the disk in the clear. `about` names the field and never changes for one.
 */
export function useUnsentText(about: string): UnsentText {
  const client = useQueryClient();
  const [text, setText] = useState(() => client.getQueryData<string>(keyOf(about)) ?? '');
  const now = useRef(text);
  const write = (next: string) => {
    now.current = next;
    keep(client, about, next);
    setText(next);
  };
  return { text, write, sent: (gone) => now.current === gone && write('') };
}

function keep(client: QueryClient, about: string, text: string): void {
  client.setQueryDefaults(['unsent'], { gcTime: Infinity });
  if (text) client.setQueryData(keyOf(about), text);
  else client.removeQueries({ queryKey: keyOf(about), exact: true });
}
