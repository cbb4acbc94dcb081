import { t } from '../i18n/t.ts';
import type { Shortcut } from './shortcut.ts';

/** Every action with a key, on whichever screen, with the keys it has unless a person chose others. A test compares it with the screens. */
export type KeyEntry = {
  id: string;
  /** Where it acts. Two actions may share a key where they never meet. */
  screens: readonly string[];
  section: string;
  label: string;
  shortcuts: readonly Shortcut[];
};

type Line = readonly [id: string, label: string, ...shortcuts: Shortcut[]];

const part = (section: string, screens: readonly string[], lines: readonly Line[]): KeyEntry[] =>
  lines.map(([id, label, ...shortcuts]) => ({ id, screens, section, label, shortcuts }));

export const EVERYWHERE = 'everywhere';
/** States of a screen that take keys before it and before what acts everywhere. */
const [CHOSEN, PAST] = ['contacts with some chosen', 'contact as it was'];
const comesFirst = ({ screens }: KeyEntry) => screens.includes(CHOSEN) || screens.includes(PAST);

export const keyCatalogue = (): readonly KeyEntry[] => [
  ...part(
    t('Everywhere'),
    [EVERYWHERE],
    [
      ['palette', t('Search or jump'), 'mod+k'],
      ['task.new', t('New task'), 'alt+t'],
      ['notifications.open', t('Notifications'), 'g n'],
      ['help.open', t('Help'), 'g ?'],
      ['keys', t('Keys of this screen'), '?'],
      ['rail', t('Collapse or open the sidebar'), '['],
      ['undo', t('Undo the last change'), 'z'],
    ],
  ),
  ...part(
    t('Go to'),
    [EVERYWHERE],
    [
      ['go.inbox', t('Inbox'), 'g i'],
      ['go.day', t('My day'), 'g d'],
      ['go.dashboard', t('Dashboard'), 'g a'],
      ['go.contacts', t('Contacts'), 'g c'],
      ['go.pipelines', t('Pipelines'), 'g p'],
      ['go.segments', t('Segments'), 'g e'],
      ['go.tasks', t('Tasks'), 'g t'],
      ['go.activity', t('Activity'), 'g h'],
      ['go.outbox', t('Outbox'), 'mod+shift+o'],
      ['go.merges', t('Changes that met'), 'g m'],
      ['go.sync', t('Sync and data'), 'g s'],
      ['go.settings', t('Settings'), 'g ,'],
    ],
  ),
  ...part(
    t('Contacts'),
    ['contacts'],
    [
      ['contacts.new', t('New contact'), 'n'],
      ['contacts.tag', t('Tag the contact under the cursor'), 'l'],
      ['contacts.import', t('Import contacts from a file'), 'i'],
      ['contacts.export', t('Save contacts as a file'), 'e'],
      ['contacts.search', t('Find in contacts'), '/'],
      ['contacts.next', t('Next contact'), 'j', 'arrowdown'],
      ['contacts.previous', t('Previous contact'), 'k', 'arrowup'],
      ['contacts.pageDown', t('A page down'), 'pagedown'],
      ['contacts.pageUp', t('A page up'), 'pageup'],
      ['contacts.first', t('First contact'), 'home'],
      ['contacts.last', t('Last contact'), 'end'],
      ['contacts.open', t('Open the contact'), 'enter'],
      ['contacts.peek', t('Peek at the contact'), 'space'],
      ['contacts.closePeek', t('Close the peek'), 'escape'],
      ['contacts.cellRight', t('Next value of the row'), 'arrowright'],
      ['contacts.cellLeft', t('Previous value of the row'), 'arrowleft'],
      ['contacts.cellEdit', t('Change the value'), 'f2'],
      ['contacts.pick', t('Choose the contact'), 'x'],
      ['contacts.pickDown', t('Choose downwards'), 'shift+arrowdown', 'shift+x'],
      ['contacts.pickUp', t('Choose upwards'), 'shift+arrowup'],
      ['contacts.pickAll', t('Choose everybody of the list'), 'mod+a'],
    ],
  ),
  ...part(t('Contacts'), ['contacts', 'pipelines', 'segments'], [['contacts.filter', t('Add a filter'), 'f']]),
  ...part(
    t('Chosen contacts'),
    [CHOSEN],
    [
      ['contacts.pickNobody', t('Choose nobody'), 'escape'],
      ['bulk.tag', t('Tag everybody who is chosen'), 'l'],
      ['bulk.untag', t('Take tags off everybody who is chosen'), 'shift+l'],
      ['bulk.assign', t('Give everybody who is chosen an owner'), 'a'],
      ['bulk.stage', t('Move everybody who is chosen to a stage'), 's'],
      ['bulk.status', t('Give everybody who is chosen a status'), 'shift+s'],
      ['bulk.score', t('Give everybody who is chosen a score'), 'shift+v'],
      ['bulk.group', t('Add everybody who is chosen to a group'), 'shift+u'],
      ['bulk.delete', t('Delete everybody who is chosen'), 'delete', 'backspace'],
    ],
  ),
  ...part(
    t('Import'),
    ['import'],
    [
      ['import.next', t('Next step of the import'), 'mod+enter'],
      ['import.back', t('Back to the columns'), 'mod+backspace'],
    ],
  ),
  ...part(
    t('Board'),
    ['pipelines'],
    [
      ['board.down', t('Next card'), 'arrowdown', 'j'],
      ['board.up', t('Previous card'), 'arrowup', 'k'],
      ['board.right', t('Next stage'), 'arrowright'],
      ['board.left', t('Previous stage'), 'arrowleft'],
      ['board.moveRight', t('Move the card to the next stage'), 'shift+arrowright'],
      ['board.moveLeft', t('Move the card to the previous stage'), 'shift+arrowleft'],
      ['board.stage', t('Move the card to a stage by name'), 's'],
      ['board.open', t('Open the contact'), 'enter'],
    ],
  ),
  ...part(
    t('Segments'),
    ['segments'],
    [
      ['segments.new', t('New segment'), 'n'],
      ['segment.back', t('All segments'), 'escape'],
    ],
  ),
  ...part(
    t('Contact'),
    [PAST],
    [
      ['contact.asOf.leave', t('Back to now'), 'escape'],
      ['contact.asOf.previous', t('Previous change'), '['],
      ['contact.asOf.next', t('Next change'), ']'],
    ],
  ),
  ...part(
    t('Contact'),
    ['contact'],
    [
      ['contact.back', t('Back to contacts'), 'escape'],
      ['contact.next', t('Next contact'), 'j'],
      ['contact.previous', t('Previous contact'), 'k'],
      ['contact.tag', t('Add a tag'), 'l'],
      ['contact.assign', t('Give an owner'), 'a'],
      ['contact.stage', t('Move to a stage'), 's'],
      ['contact.tab.overview', t('Overview'), '1'],
      ['contact.tab.conversations', t('Conversations'), '2'],
      ['contact.tab.tasks', t('Tasks'), '3'],
      ['contact.tab.notes', t('Notes'), '4'],
      ['contact.tab.activity', t('Activity'), '5'],
      ['contact.asOf', t('As of a date'), 'shift+h'],
    ],
  ),
  ...part(
    t('Inbox'),
    ['inbox'],
    [
      ['inbox.next', t('Next conversation'), 'j', 'arrowdown'],
      ['inbox.previous', t('Previous conversation'), 'k', 'arrowup'],
      ['inbox.back', t('Back to the list'), 'escape'],
      ['conversation.done', t('Mark as done'), 'e'],
      ['conversation.contact', t('Open the contact'), 'o'],
      ['conversation.mute', t('Mute the conversation'), 'm'],
      ['conversation.task', t('New task from this conversation'), 'shift+t'],
    ],
  ),
  ...part(t('Conversation'), ['inbox', 'contact'], [['thread.reply', t('Reply'), 'r', 't']]),
  ...part(
    t('Tasks'),
    ['tasks', 'day'],
    [
      ['tasks.next', t('Next'), 'j', 'arrowdown'],
      ['tasks.previous', t('Previous'), 'k', 'arrowup'],
      ['tasks.done', t('Done or open again'), 'e'],
      ['tasks.edit', t('Change the task'), 'enter'],
      ['tasks.contact', t('Open the contact'), 'o'],
      ['tasks.delete', t('Delete the task'), 'd'],
    ],
  ),
  ...part(
    t('Notifications'),
    ['notifications'],
    [
      ['notifications.next', t('Next'), 'j', 'arrowdown'],
      ['notifications.previous', t('Previous'), 'k', 'arrowup'],
      ['notifications.go', t('Go there'), 'enter'],
      ['notifications.archive', t('Archive'), 'e'],
      ['notifications.mark', t('Read or unread'), 'u'],
      ['notifications.readAll', t('Mark all as read'), 'shift+u'],
    ],
  ),
  ...part(
    t('Activity'),
    ['activity'],
    [
      ['activity.next', t('Next'), 'j', 'arrowdown'],
      ['activity.previous', t('Previous'), 'k', 'arrowup'],
      ['activity.undo', t('Take this act back'), 'u'],
      ['activity.search', t('Find in the activity'), '/'],
    ],
  ),
  ...part(
    t('Settings'),
    ['settings'],
    [
      ['settings.find', t('Find a setting'), '/'],
      ['settings.next', t('Next section'), 'j'],
      ['settings.previous', t('Previous section'), 'k'],
    ],
  ),
  ...part(
    t('Outbox'),
    ['outbox'],
    [
      ['outbox.try', t('Try now'), 'shift+r'],
      ['outbox.next', t('Next'), 'j', 'arrowdown'],
      ['outbox.previous', t('Previous'), 'k', 'arrowup'],
      ['outbox.retry', t('Retry this change'), 'r'],
      ['outbox.edit', t('Edit this change'), 'e'],
      ['outbox.discard', t('Discard or undo this change'), 'd'],
    ],
  ),
  ...part(
    t('Changes that met'),
    ['merges'],
    [
      ['merges.next', t('Next'), 'j', 'arrowdown'],
      ['merges.previous', t('Previous'), 'k', 'arrowup'],
      ['merges.restore', t('Restore the earlier values'), 'r'],
      ['merges.dismiss', t('Leave it as it is'), 'd'],
      ['merges.open', t('Open the contact'), 'o'],
    ],
  ),
  ...part(
    t('Duplicates'),
    ['duplicates'],
    [
      ['duplicates.next', t('Next'), 'j'],
      ['duplicates.previous', t('Previous'), 'k'],
      ['duplicates.up', t('Previous field'), 'arrowup'],
      ['duplicates.down', t('Next field'), 'arrowdown'],
      ['duplicates.left', t('Take the left value'), 'arrowleft'],
      ['duplicates.right', t('Take the right value'), 'arrowright'],
      ['duplicates.merge', t('Merge'), 'enter'],
      ['duplicates.swap', t('Keep the other one'), 's'],
      ['duplicates.part', t('Not the same person'), 'x'],
      ['merge.back', t('Back'), 'escape'],
    ],
  ),
  ...part(
    t('Sync and data'),
    ['sync'],
    [
      ['sync.again', t('Sync now'), 'shift+r'],
      ['sync.report', t('Copy the sync report'), 'c'],
      ['sync.outbox', t('Open the outbox'), 'o'],
    ],
  ),
];

/** Others that would answer to the same key on a screen where both are. */
export function conflictsWith(
  entry: KeyEntry,
  shortcut: Shortcut,
  all: readonly (KeyEntry & { now: readonly Shortcut[] })[],
) {
  const meets = (other: KeyEntry) =>
    (entry.screens.includes(EVERYWHERE) && !comesFirst(other)) ||
    (other.screens.includes(EVERYWHERE) && !comesFirst(entry)) ||
    other.screens.some((screen) => entry.screens.includes(screen));
  return all.filter((other) => other.id !== entry.id && meets(other) && other.now.includes(shortcut));
}
