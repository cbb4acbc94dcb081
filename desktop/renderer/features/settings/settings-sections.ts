import { t } from '../../lib/i18n/t.ts';

export const SECTIONS = [
  'profile',
  'security',
  'notifications',
  'keyboard',
  'workspace',
  'people',
  'permissions',
  'numbers',
  'statuses',
  'automations',
  'pipelines',
  'groups',
  'fields',
  'doNotCall',
  'integrations',
  'tokens',
  'data',
  'jobs',
  'about',
] as const;

export type SectionId = (typeof SECTIONS)[number];

export const isSection = (text: string): text is SectionId => (SECTIONS as readonly string[]).includes(text);

export const sectionWords = (): Record<SectionId, string> => ({
  profile: t('Profile'),
  security: t('Security'),
  notifications: t('Notifications'),
  keyboard: t('Keyboard'),
  workspace: t('General'),
  people: t('People'),
  permissions: t('What each role may do'),
  numbers: t('Phone numbers'),
  statuses: t('Lead statuses'),
  automations: t('Automations'),
  pipelines: t('Pipelines'),
  groups: t('Groups'),
  fields: t('Contact fields'),
  doNotCall: t('Do not call'),
  integrations: t('Integrations'),
  tokens: t('Access tokens'),
  data: t('Data and privacy'),
  jobs: t('Jobs'),
  about: t('About'),
});

/** As they stand in the navigation. */
export const sectionGroups = (): { heading: string; sections: readonly SectionId[] }[] => [
  { heading: t('You'), sections: ['profile', 'security', 'notifications', 'keyboard'] },
  { heading: t('Workspace'), sections: ['workspace', 'people', 'permissions', 'numbers'] },
  { heading: t('Contacts'), sections: ['statuses', 'automations', 'pipelines', 'groups', 'fields', 'doNotCall'] },
  { heading: t('Connections'), sections: ['integrations', 'tokens'] },
  { heading: t('Data'), sections: ['data', 'jobs', 'about'] },
];

/** What can be found by name within the settings, besides the sections themselves. */
export const settingNames = (): { section: SectionId; label: string }[] => [
  { section: 'profile', label: t('Your name') },
  { section: 'profile', label: t('Signature') },
  { section: 'profile', label: t('Time zone') },
  { section: 'profile', label: t('Language') },
  { section: 'profile', label: t('Theme') },
  { section: 'profile', label: t('Start when I sign in to this computer') },
  { section: 'security', label: t('Password') },
  { section: 'security', label: t('Second factor') },
  { section: 'security', label: t('Recovery codes') },
  { section: 'security', label: t('Devices') },
  { section: 'notifications', label: t('Quiet times') },
  { section: 'notifications', label: t('Sound') },
  { section: 'keyboard', label: t('Change a key') },
  { section: 'workspace', label: t('Name of the workspace') },
  { section: 'workspace', label: t('Country') },
  { section: 'workspace', label: t('Currency') },
  { section: 'workspace', label: t('Sender name') },
  { section: 'workspace', label: t('Business hours') },
  { section: 'workspace', label: t('Brand colour') },
  { section: 'people', label: t('Invite somebody') },
  { section: 'people', label: t('Roles') },
  { section: 'people', label: t('Hand the workspace over') },
  { section: 'people', label: t('Leave the workspace') },
  { section: 'statuses', label: t('Colour of a status') },
  { section: 'automations', label: t('Give a status after some time') },
  { section: 'automations', label: t('What automations did') },
  { section: 'pipelines', label: t('Stages and their chances') },
  { section: 'fields', label: t('Fields of your own') },
  { section: 'doNotCall', label: t('Numbers nobody is to call') },
  { section: 'data', label: t('Export everything') },
  { section: 'data', label: t('How long things are kept') },
  { section: 'data', label: t('Days of messages on computers') },
  { section: 'data', label: t('Settings as a file') },
  { section: 'data', label: t('Erase a contact') },
  { section: 'about', label: t('Version') },
  { section: 'about', label: t('Updates') },
  { section: 'about', label: t('Licences') },
];
