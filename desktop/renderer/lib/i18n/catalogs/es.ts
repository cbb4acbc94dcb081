import counted from './es/counted.json' with { type: 'json' };
import said from './es/said.json' with { type: 'json' };
import screens from './es/screens.json' with { type: 'json' };

type Catalog = Readonly<Record<string, string>>;

/** What the core and the server say: their English templates, and the Spanish ones. */
export const SAID: Catalog = said;

/** Spanish, in parts. A key stands in one part only; a test compares them all with the sources. */
export const ES_PARTS: Readonly<Record<string, Catalog>> = { counted, said, screens };

export const ES: Catalog = { ...counted, ...screens, ...SAID };
