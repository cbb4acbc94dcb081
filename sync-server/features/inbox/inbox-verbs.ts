import * as operations from '../../../shared/inbox/inbox-operations.ts';
import { bindVerb } from '../../db/act.ts';
import { listConversations } from './list-conversations.ts';
import { listMessages } from './list-messages.ts';
import { sendMessage } from './send-message.ts';
import { setConversationStatus } from './set-conversation-status.ts';

export const inboxVerbs = [
  bindVerb(operations.listConversations, listConversations),
  bindVerb(operations.listMessages, listMessages),
  bindVerb(operations.sendMessage, sendMessage),
  bindVerb(operations.setConversationStatus, setConversationStatus),
];
