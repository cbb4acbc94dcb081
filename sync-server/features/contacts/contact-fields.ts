import type { ContactFields } from '../../../shared/contacts/contact.ts';

/** A whole set of fields from some of them: what was not given is empty. */
export const wholeFields = (some: Partial<ContactFields>): ContactFields => ({
  firstName: null,
  lastName: null,
  company: null,
  email: null,
  phone: null,
  leadScore: null,
  leadStatus: null,
  ownerId: null,
  source: null,
  locale: null,
  timezone: null,
  attributes: null,
  messengerPsid: null,
  instagramSid: null,
  profilePicUrl: null,
  hasMessenger: null,
  hasInstagram: null,
  facebookPageId: null,
  sentiment: null,
  estimatedRevenueCents: null,
  actualRevenueCents: null,
  emergency: null,
  keywords: null,
  ...some,
});
