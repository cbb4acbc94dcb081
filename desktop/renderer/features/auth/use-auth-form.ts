import { useState } from 'react';
import type { z } from 'zod';
import type { Reply } from '../../../../shared/bridge/bridge-contract.ts';
import type { ErrorBody } from '../../../../shared/kernel/app-error.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';

type Errors = Record<string, string>;

/**
 * Checks the fields here, asks the core, and keeps whatever is wrong beside the field it belongs to (`form` for the rest).
 * On success of a sign-in nothing is to be done: the session topic brings the app in. `instead` may take an error that is no fault.
 */
export function useAuthForm<Args>(
  schema: z.ZodType,
  submit: (args: Args) => Promise<Reply<unknown>>,
  { instead, onDone }: { instead?: (error: ErrorBody) => boolean; onDone?: () => void } = {},
) {
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);

  const send = async (args: Args) => {
    const checked = schema.safeParse(args);
    if (!checked.success) {
      setErrors(
        Object.fromEntries(
          checked.error.issues.toReversed().map((issue) => [String(issue.path[0]), saidInWords(issue.message)]),
        ),
      );
      return;
    }
    setErrors({});
    setBusy(true);
    const reply = await submit(args);
    setBusy(false);
    if (!('error' in reply)) onDone?.();
    else if (!instead?.(reply.error)) setErrors({ form: saidInWords(reply.error.message) });
  };
  return { errors, busy, send };
}
