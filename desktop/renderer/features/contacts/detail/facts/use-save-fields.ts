import { useCallback } from 'react';
import type { ContactFields } from '../../../../../../shared/contacts/contact.ts';
import { saidInWords } from '../../../../lib/i18n/said-in-words.ts';
import { useCommand } from '../../../../lib/use-command.ts';

/** Changes fields of a contact. Answers null when it was saved, else what is wrong in words. */
export function useSaveFields(id: string): (fields: Partial<ContactFields>) => Promise<string | null> {
  const send = useCommand();
  return useCallback(
    async (fields) => {
      const reply = await send({ name: 'contacts.update', input: { id, ...fields } });
      return 'error' in reply ? saidInWords(reply.error.message) : null;
    },
    [send, id],
  );
}
