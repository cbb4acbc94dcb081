import { useState } from 'react';

/**
 * What somebody changed in a form, laid over what is kept. Only that is sent, so that what a colleague changed in another field
 * meanwhile stands, and is seen.
 */
export function useEdits<Values extends object>(kept: Values) {
  const [edits, setEdits] = useState<Partial<Values>>({});
  const [unsent, setUnsent] = useState<Partial<Values>>({});
  return {
    values: { ...kept, ...edits } as Values,
    unsent,
    change: (change: Partial<Values>) => {
      setEdits({ ...edits, ...change });
      setUnsent({ ...unsent, ...change });
    },
    /** They stay in sight until the server's copy has them. */
    saved: () => setUnsent({}),
  };
}
