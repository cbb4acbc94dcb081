import { useState } from 'react';
import type { z } from 'zod';
import type { Reply } from '../../../../shared/bridge/bridge-contract.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';

type Errors = Record<string, string>;

/**
 * A form of settings: checked here first, then sent; what is wrong stands beside its field, the rest under `form`.
 * What was typed stays in every case.
 */
export function useSettingForm<Values extends object, Result>(
  schema: z.ZodType,
  submit: (values: Values) => Promise<Reply<Result>>,
  onDone?: (result: Result) => void,
) {
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);

  const send = async (values: Values) => {
    setDone(false);
    const checked = schema.safeParse(values);
    if (!checked.success) {
      setErrors(
        Object.fromEntries(
          checked.error.issues
            .toReversed()
            .map((issue) => [String(issue.path[0] ?? 'form'), saidInWords(issue.message)]),
        ),
      );
      return;
    }
    setErrors({});
    setBusy(true);
    const reply = await submit(values);
    setBusy(false);
    if ('error' in reply) setErrors({ form: saidInWords(reply.error.message) });
    else {
      setDone(true);
      onDone?.(reply.data);
    }
  };
  return { errors, busy, done, send, clear: () => setDone(false) };
}
