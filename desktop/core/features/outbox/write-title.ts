const FIELD_LABELS: Record<string, string> = {
  firstName: 'First name',
  lastName: 'Last name',
  company: 'Company',
  email: 'E-mail',
  phone: 'Phone',
  leadScore: 'Score',
  leadStatus: 'Status',
  ownerId: 'Owner',
  source: 'Source',
  locale: 'Language',
  timezone: 'Time zone',
  attributes: 'Attributes',
  messengerPsid: 'Messenger',
  instagramSid: 'Instagram',
  profilePicUrl: 'Picture',
  hasMessenger: 'Messenger',
  hasInstagram: 'Instagram',
  facebookPageId: 'Page',
  sentiment: 'Sentiment',
  estimatedRevenueCents: 'Estimated revenue',
  actualRevenueCents: 'Actual revenue',
  emergency: 'Emergency',
  keywords: 'Keywords',
};

const counts = new Intl.NumberFormat('en-US');

type Input = Record<string, unknown> & {
  contactIds?: string[];
  tags?: string[];
  fileName?: string;
  status?: string;
  title?: string;
  name?: string;
  label?: string;
  records?: number;
};

/** What a write does, in words, with the contact's name: `Company of Ada Lovelace`. */
export function titleOf(name: string, input: Input, whose: string): string {
  switch (name) {
    case 'contacts.create':
      return `New contact ${whose}`;
    case 'contacts.update':
      return `${joinWords(fieldsOf(input).map((key) => FIELD_LABELS[key] ?? key))} of ${whose}`;
    case 'contacts.delete':
      return `Deletion of ${whose}`;
    case 'contacts.addTags':
      return `${tagWords(input)} added to ${who(input, whose)}`;
    case 'contacts.removeTags':
      return `${tagWords(input)} removed from ${who(input, whose)}`;
    case 'contacts.addToGroup':
      return `${who(input, whose)} added to a group`;
    case 'contacts.removeFromGroup':
      return `${who(input, whose)} removed from a group`;
    case 'groups.create':
      return `New group${calledName(input)}`;
    case 'groups.update':
      return `Changed group${calledName(input)}`;
    case 'groups.delete':
      return 'Deletion of a group';
    case 'segments.create':
      return `New segment${calledName(input)}`;
    case 'segments.update':
      return `Changed segment${calledName(input)}`;
    case 'segments.delete':
      return 'Deletion of a segment';
    case 'attributes.create':
      return `New attribute${called(input.label)}`;
    case 'attributes.update':
      return `Changed attribute${called(input.label)}`;
    case 'attributes.delete':
      return 'Deletion of an attribute';
    case 'leadStatuses.create':
      return `New lead status${calledName(input)}`;
    case 'leadStatuses.update':
      return `Changed lead status${calledName(input)}`;
    case 'leadStatuses.delete':
      return 'Deletion of a lead status';
    case 'leadStatuses.reorder':
      return 'Order of the lead statuses';
    case 'statusAutomations.create':
      return `New automation${calledName(input)}`;
    case 'statusAutomations.update':
      return `Changed automation${calledName(input)}`;
    case 'statusAutomations.delete':
      return 'Deletion of an automation';
    case 'pipelines.create':
      return `New pipeline${calledName(input)}`;
    case 'pipelines.update':
      return `Changed pipeline${calledName(input)}`;
    case 'pipelines.delete':
      return 'Deletion of a pipeline';
    case 'stages.create':
      return `New stage${calledName(input)}`;
    case 'stages.update':
      return `Changed stage${calledName(input)}`;
    case 'stages.delete':
      return 'Deletion of a stage';
    case 'contacts.moveToStage':
      return `${input['stageId'] ? 'Stage' : 'No stage any more'} of ${who(input, whose)}`;
    case 'contacts.setStatus':
      return `Status of ${who(input, whose)}`;
    case 'contacts.setScore':
      return `Score of ${who(input, whose)}`;
    case 'contacts.assign':
      return `Owner of ${who(input, whose)}`;
    case 'contacts.deleteMany':
      return `Deletion of ${who(input, whose)}`;
    case 'consents.record':
      return `Consent of ${whose}`;
    case 'consents.withdraw':
      return `Consent of ${whose} withdrawn`;
    case 'contacts.optOut':
      return `${whose} opted out`;
    case 'contacts.optIn':
      return `${whose} opted in again`;
    case 'contacts.merge':
      return 'Two contacts merged';
    case 'contacts.notDuplicates':
      return 'Two contacts are not the same person';
    case 'contactViews.save':
      return 'A view of the contacts';
    case 'contactViews.delete':
      return 'Deletion of a view of the contacts';
    case 'notes.add':
      return `Note on ${whose}`;
    case 'notes.edit':
      return `Edited note on ${whose}`;
    case 'notes.delete':
      return `Deletion of a note on ${whose}`;
    case 'messages.send':
      return `Message to ${whose}`;
    case 'conversations.setStatus':
      return `Conversation with ${whose} ${input.status === 'OPEN' ? 'reopened' : input.status === 'CLOSED' ? 'closed' : 'archived'}`;
    case 'workspace.update':
      return 'Settings of the workspace';
    case 'phoneNumbers.label':
      return 'Name of a phone number';
    case 'phoneNumbers.remove':
      return 'Removal of a phone number';
    case 'workspace.setMessageDays':
      return 'Days of messages that computers keep';
    case 'tasks.create':
      return `New task${named(input)}`;
    case 'tasks.update':
      return `Changed task${named(input)}`;
    case 'tasks.complete':
      return `Task${named(input)} done`;
    case 'tasks.reopen':
      return `Task${named(input)} opened again`;
    case 'tasks.delete':
      return `Deletion of the task${named(input)}`;
    case 'notifications.setStatus':
    case 'notifications.read':
    case 'notifications.archive':
    case 'notifications.delete':
      return 'Notifications put in order';
    case 'notifications.setPreferences':
      return 'What you are notified of';
    case 'notifications.mute':
      return 'Conversation muted';
    case 'notifications.unmute':
      return 'Conversation no longer muted';
    case 'invitations.revoke':
      return 'Invitation taken back';
    case 'members.setRole':
      return 'Role of a member';
    case 'members.deactivate':
      return 'A member’s access taken away';
    case 'members.reactivate':
      return 'A member’s access given back';
    case 'profile.update':
      return 'Your profile';
    case 'profile.markSeen':
      return 'Hints you have seen';
    case 'tokens.revoke':
      return 'Access token revoked';
    case 'devices.end':
      return 'Device signed out';
    case 'devices.wipe':
      return 'Device to be wiped';
    case 'privacy.exportData':
      return 'File with everything of the workspace';
    case 'privacy.eraseContact':
      return `Erasure of ${whose}`;
    case 'activity.undo':
      return 'Something taken back';
    case 'merges.restore':
      return `Earlier values of ${whose} restored`;
    case 'merges.dismiss':
      return `Changes of ${whose} that met, settled`;
    case 'imports.start':
    case 'imports.addRows':
    case 'imports.run':
      return `Import of ${input.fileName ?? 'contacts'}`;
    case 'imports.pause':
      return `Pause of the import of ${input.fileName ?? 'contacts'}`;
    case 'imports.undo':
      return `Undo of the import of ${input.fileName ?? 'contacts'}`;
    default:
      return name;
  }
}

/** The fields an update writes. */
export const fieldsOf = (input: Input): string[] => Object.keys(input).filter((key) => key !== 'id');

const called = (name: string | undefined): string => (name ? ` “${name}”` : '');
const named = ({ title }: Input): string => called(title);
const calledName = ({ name }: Input): string => called(name);
const tagWords = ({ tags = [] }: Input): string => `${tags.length === 1 ? 'Tag' : 'Tags'} ${joinWords(tags)}`;
const who = ({ contactIds = [], records = contactIds.length }: Input, whose: string): string =>
  records === 1 ? whose : `${counts.format(records)} contacts`;
const joinWords = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? 'Nothing') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
