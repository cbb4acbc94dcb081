import { isSameValue } from '../kernel/same-value.ts';
import { contactFields, type ContactFields } from './contact.ts';

const FIELDS = Object.keys(contactFields.shape) as (keyof ContactFields)[];

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';

/**
 * What the kept contact of two has afterwards that it has not now: its own values stay, what it lacks comes from the other. Attributes
 * and keywords of both are united, the kept one's first; what either messenger or an emergency says yes to is yes. `chosen` goes above all.
 */
export function mergeContacts(
  kept: ContactFields,
  merged: ContactFields,
  chosen: Partial<ContactFields> = {},
): Partial<ContactFields> {
  const united: ContactFields = {
    ...(Object.fromEntries(
      FIELDS.map((field) => [field, isEmpty(kept[field]) ? (merged[field] ?? null) : kept[field]]),
    ) as ContactFields),
    attributes:
      kept.attributes && merged.attributes
        ? { ...merged.attributes, ...kept.attributes }
        : (kept.attributes ?? merged.attributes),
    keywords:
      kept.keywords && merged.keywords
        ? [...new Set([...kept.keywords, ...merged.keywords])].slice(0, 50)
        : (kept.keywords ?? merged.keywords),
    hasMessenger: either(kept.hasMessenger, merged.hasMessenger),
    hasInstagram: either(kept.hasInstagram, merged.hasInstagram),
    emergency: either(kept.emergency, merged.emergency),
    ...chosen,
  };
  // A PSID means nothing without the page it is of.
  if (!kept.messengerPsid && united.messengerPsid && merged.messengerPsid === united.messengerPsid)
    united.facebookPageId = chosen.facebookPageId ?? merged.facebookPageId;
  return Object.fromEntries(
    FIELDS.filter((field) => !isSameValue(united[field] ?? null, kept[field] ?? null)).map((field) => [
      field,
      united[field],
    ]),
  );
}

const either = (a: boolean | null, b: boolean | null): boolean | null => (a || b ? true : (a ?? b));
