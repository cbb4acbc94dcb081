import { contactDisplayName } from '../../../shared/contacts/contact.ts';
import { toSearchText } from '../../../shared/kernel/search-text.ts';

type Named = {
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  email: string | null;
  phone: string | null;
};

/** The derived columns of a contact: what it is sorted by as a name, and what a search looks through. */
export const contactKeys = (c: Named): { nameKey: string; search: string } => ({
  nameKey: toSearchText(contactDisplayName(c)),
  search: toSearchText([c.firstName, c.lastName, c.company, c.email, c.phone].filter(Boolean).join(' ')),
});
