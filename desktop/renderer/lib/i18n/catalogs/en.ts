/**
 * English needs an entry only where one thing is said otherwise than many: the key itself is the sentence for many,
 * `…_one` is the one for one.
 */
export const EN: Readonly<Record<string, string>> = {
  '<b>{{count}}</b> are here already and are filled_one': '<b>{{count}}</b> is here already and is filled',
  '<b>{{count}}</b> are here already and are left alone_one': '<b>{{count}}</b> is here already and is left alone',
  '<b>{{count}}</b> new contacts_one': '<b>{{count}}</b> new contact',
  '<b>{{count}}</b> rows are good_one': '<b>{{count}}</b> row is good',
  '<b>{{count}}</b> stand in the file twice_one': '<b>{{count}}</b> stands in the file twice',
  '{{count}} changes of this account are only on this computer and would be gone._one':
    '{{count}} change of this account is only on this computer and would be gone.',
  '{{count}} changes of yours wait here._one': '{{count}} change of yours waits here.',
  'All {{count}} open conversations are with the other side. The next one lights up here._one':
    'The one open conversation is with the other side. The next one lights up here.',
  'First sync, {{count}} rows_one': 'First sync, {{count}} row',
  'First sync: {{count}} contacts are here_one': 'First sync: {{count}} contact is here',
  'Import {{count}} contacts_one': 'Import {{count}} contact',
  'Keep working. Everything here is on this computer, and {{count}} changes will be sent when you are back._one':
    'Keep working. Everything here is on this computer, and {{count}} change will be sent when you are back.',
  'Messages of the last {{count}} days, back to the start of that month, are on this computer._one':
    'Messages of the last day, back to the start of that month, are on this computer.',
  'Of the {{count}} contacts it made, those nobody has touched since are deleted. Contacts it filled keep what they got._one':
    'The contact it made is deleted if nobody has touched it since. Contacts it filled keep what they got.',
  'Offline · {{count}} changes waiting_one': 'Offline · {{count}} change waiting',
  'Sign out with {{count}} unsent changes?_one': 'Sign out with {{count}} unsent change?',
  'Signed out · {{count}} changes waiting_one': 'Signed out · {{count}} change waiting',
  'Stuck · {{count}} changes_one': 'Stuck · {{count}} change',
  'That is too long: {{count}} characters do not fit._one': 'That is too long: {{count}} character does not fit.',
  'The workspace lets computers keep no more than {{count}} days._one':
    'The workspace lets computers keep no more than {{count}} day.',
  'They will be sent after {{email}} signs in._one': 'It will be sent after {{email}} signs in.',
  'Waits for the line: {{count}} parts to send_one': 'Waits for the line: {{count}} part to send',
  'Without it there are {{count}}. Names, companies, phones and emails are searched._one':
    'Without it there is {{count}}. Names, companies, phones and emails are searched.',
  'in {{count}} parts_one': 'in {{count}} part',
  '{{count}} changes are kept and will be sent._one': '{{count}} change is kept and will be sent.',
  '{{count}} changes build on it and were held with it. A retry takes them along._one':
    '{{count}} change builds on it and was held with it. A retry takes it along.',
  '{{count}} changes build on {{change}}_one': '{{count}} change builds on {{change}}',
  '{{count}} changes from {{email}} are on this computer_one': '{{count}} change from {{email}} is on this computer',
  '{{count}} changes met_one': '{{count}} change met',
  '{{count}} changes that had not been sent are kept here, and sent if you are let in again._one':
    '{{count}} change that had not been sent is kept here, and sent if you are let in again.',
  '{{count}} changes that wait stay, nothing is deleted on the server._one':
    '{{count}} change that waits stays, nothing is deleted on the server.',
  '{{count}} changes that wait_one': '{{count}} change that waits',
  '{{count}} changes wait for more than 10 minutes_one': '{{count}} change waits for more than 10 minutes',
  '{{count}} changes wait to be confirmed_one': '{{count}} change waits to be confirmed',
  '{{count}} changes waiting_one': '{{count}} change waiting',
  '{{count}} changes_one': '{{count}} change',
  '{{count}} days_one': '{{count}} day',
  '{{count}} edits refused_one': '{{count}} edit refused',
  '{{count}} of {{all}} were refused; the others stand._one': '{{count}} of {{all}} was refused; the others stand.',
  '{{count}} parts still to send_one': '{{count}} part still to send',
  '{{count}} parts_one': '{{count}} part',
  '{{count}} people are waiting on you_one': '{{count}} person is waiting on you',
  '{{count}} people waiting_one': '{{count}} person waiting',
  '{{count}} refused ones stay, nothing is deleted on the server._one':
    '{{count}} refused one stays, nothing is deleted on the server.',
  '{{count}} refused ones_one': '{{count}} refused one',
  '{{count}} rows are here so far. You can start as soon as they show up._one':
    '{{count}} row is here so far. You can start as soon as it shows up.',
  '{{count}} rows_one': '{{count}} row',
  '{{count}} weeks_one': '{{count}} week',
  'Cleared {{count}} notifications_one': 'Cleared {{count}} notification',
  'tried {{count}} times_one': 'tried once',
  '{{count}} settings were taken over._one': '{{count}} setting was taken over.',
  '{{count}} open invitations_one': '{{count}} open invitation',
  '{{count}} members_one': '{{count}} member',
  '{{count}} acts_one': '{{count}} act',
  '{{count}} of 10 are left. Each is good for one sign-in._one': '{{count}} of 10 is left. It is good for one sign-in.',
  'Only {{count}} of 10 are left. Make new ones before you need them._one':
    'Only {{count}} of 10 is left. Make new ones before you need them.',
  '{{count}} numbers_one': '{{count}} number',
  '{{count}} tokens_one': '{{count}} token',
  'Reset {{count}} changed keys_one': 'Reset {{count}} changed key',
  '{{count}} people wait for an answer in the inbox._one': '{{count}} person waits for an answer in the inbox.',
  'wait for an answer_one': 'waits for an answer',
  '{{count}} minutes before_one': '{{count}} minute before',
  '{{count}} hours before_one': '{{count}} hour before',
  '{{count}} days before_one': '{{count}} day before',
  '{{count}} tasks_one': '{{count}} task',
  '{{count}} new notifications_one': '{{count}} new notification',
};
