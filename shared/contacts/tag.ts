import { idFromParts } from '../kernel/ids.ts';
import { toSearchText } from '../kernel/search-text.ts';
import type { TagId } from './contact.ts';

/** Tags are free text, created on first use. Two spellings that differ in case or accents are one tag. */
export const tagIdOf = (tenantId: string, name: string): TagId => idFromParts(tenantId, 'tag', toSearchText(name));

/** The id of "this contact has this tag". */
export const contactTagIdOf = (contactId: string, tagId: string): string => idFromParts(contactId, tagId);
