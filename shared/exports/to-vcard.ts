import ICAL from 'ical.js';
import { contactDisplayName } from '../contacts/contact.ts';
import type { ExportedContact, ExportNames } from './contact-columns.ts';

/** What our cards say of who wrote them: of those alone the id is ours. */
export const OWN_CARDS = '-//Switchboard//Contacts//EN';

/** A contact as a vCard 4.0 (RFC 6350), by our id in `UID`. What vCards have no word for is left out. */
export function toVcard(c: ExportedContact, names: ExportNames): string {
  const card = new ICAL.Component('vcard');
  const add = (name: string, value: string | string[] | null, type?: string) => {
    if (value === null || value === '') return;
    const property = new ICAL.Property(name, card);
    if (type) property.setParameter('type', type);
    if (Array.isArray(value)) property.setValues(value);
    else property.setValue(value);
    card.addProperty(property);
  };
  card.addPropertyWithValue('version', '4.0');
  add('prodid', OWN_CARDS);
  add('uid', `urn:uuid:${c.id}`);
  add('fn', contactDisplayName(c));
  const name = new ICAL.Property('n', card);
  name.setValue([c.lastName ?? '', c.firstName ?? '', '', '', '']);
  card.addProperty(name);
  add('org', c.company);
  add('email', c.email);
  add('tel', c.phone);
  if (c.tags.length) add('categories', [...c.tags]);
  add('photo', c.profilePicUrl);
  add('tz', c.timezone);
  add('lang', c.locale);
  add('note', (c.leadStatus && names.status.get(c.leadStatus)) || null);
  add('rev', new Date(c.updatedAt).toISOString().replace(/\.\d+/, ''));
  return `${card.toString()}\r\n`;
}
