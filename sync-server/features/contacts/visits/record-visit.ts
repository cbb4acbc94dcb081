import type { recordVisit as operation } from '../../../../shared/contacts/visit-operations.ts';
import type { Verb } from '../../../db/act.ts';
import { ownContacts } from '../tags/own-contacts.ts';
import { contactVisits } from './contact-visit-table.ts';

export const recordVisit: Verb<typeof operation> = async (act, { id: about, at = act.now, ...visit }) => {
  const { tx, tenantId, now } = act;
  const [contactId = about] = await ownContacts(act, [about]);
  const id = act.newId();
  await tx.insert(contactVisits).values({ ...visit, id, tenantId, contactId, at: Math.min(at, now) });
  act.audit({ action: 'contacts.recordVisit', entity: 'visit', entityId: id, contactId, after: { url: visit.url } });
  return { id };
};
