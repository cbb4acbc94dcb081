import { listContactConversations as contactOperation } from '../../../shared/inbox/contact-conversation-operations.ts';
import * as operations from '../../../shared/inbox/inbox-operations.ts';
import { bindVerb } from '../../db/act.ts';
import { listContactConversations } from './list-contact-conversations.ts';
import { listConversations } from './list-conversations.ts';
import { listMessages } from './list-messages.ts';
import { sendMessage } from './send-message.ts';
import { setConversationStatus } from './set-conversation-status.ts';

export const inboxVerbs = [
  bindVerb(operations.listConversations, listConversations),
  bindVerb(operations.listMessages, listMessages),
  bindVerb(contactOperation, listContactConversations),
  bindVerb(operations.sendMessage, sendMessage),
  bindVerb(operations.setConversationStatus, setConversationStatus),
];
