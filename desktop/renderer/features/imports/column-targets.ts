import type { NamedTarget } from '../../../../shared/imports/column-target.ts';
import { t } from '../../lib/i18n/t.ts';

type TargetGroup = { label: string; targets: readonly (readonly [NamedTarget, string])[] };

/** Everything a column may become, in the words of the contact's page. */
export const targetGroups = (): readonly TargetGroup[] => [
  {
    label: t('Who it is'),
    targets: [
      ['fullName', t('Full name')],
      ['firstName', t('First name')],
      ['lastName', t('Last name')],
      ['company', t('Company')],
      ['email', t('Email')],
      ['phone', t('Phone')],
      ['locale', t('Language')],
      ['timezone', t('Time zone')],
      ['profilePicUrl', t('Picture')],
      ['contactId', t('Switchboard ID')],
    ],
  },
  {
    label: t('The sale'),
    targets: [
      ['leadStatus', t('Status')],
      ['stage', t('Stage')],
      ['owner', t('Owner, by email')],
      ['leadScore', t('Score')],
      ['sentiment', t('Mood')],
      ['estimatedRevenue', t('Value')],
      ['actualRevenue', t('Revenue')],
      ['emergency', t('Emergency')],
      ['source', t('Source')],
    ],
  },
  {
    label: t('Sorting'),
    targets: [
      ['tags', t('Tags')],
      ['groups', t('Groups')],
      ['keywords', t('Keywords')],
    ],
  },
  {
    label: t('Channels'),
    targets: [
      ['facebookPage', t('Page')],
      ['messengerPsid', t('Messenger id')],
      ['instagramSid', t('Instagram id')],
      ['hasMessenger', t('Messenger, yes or no')],
      ['hasInstagram', t('Instagram, yes or no')],
    ],
  },
  {
    label: t('Consent'),
    targets: [
      ['marketingConsent', t('Agreed to marketing')],
      ['marketingConsentAt', t('Agreed to marketing on')],
      ['marketingConsentUntil', t('Agreed to marketing until')],
      ['automatedConsent', t('Agreed to automated calls and texts')],
      ['automatedConsentAt', t('Agreed to automated calls and texts on')],
      ['automatedConsentUntil', t('Agreed to automated calls and texts until')],
      ['consentSource', t('Where the consent is from')],
      ['consentKind', t('How the consent was given')],
      ['optedOut', t('Opted out')],
      ['optOutReason', t('Why they opted out')],
      ['doNotCall', t('Do not call')],
    ],
  },
];
