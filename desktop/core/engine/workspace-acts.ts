import type { Acts } from '../../../shared/bridge/bridge-contract.ts';
import { fetchHistory } from '../features/contacts/history/keep-history.ts';
import { noteReading } from '../features/inbox/older-messages.ts';
import { isBulkCommand, runBulkCommand } from '../features/outbox/bulk-command.ts';
import { discardChange, retryWrite } from '../features/outbox/retry-write.ts';
import { runCommand } from '../features/outbox/run-command.ts';
import { takeBack } from '../features/outbox/take-back.ts';
import type { Workspace } from './workspace.ts';

type Act = (workspace: Workspace, args: never) => unknown;

/** Writes, and starts to send what was written. */
const writing =
  <Args>(act: (workspace: Workspace, args: Args) => unknown): Act =>
  (workspace, args) => {
    const answer = act(workspace, args);
    workspace.send();
    return answer;
  };

const one = writing((workspace, args: { name: string; input: unknown }) =>
  runCommand(workspace.replica, workspace.identity, args, Date.now()),
);

/** Acts on an open replica, by the name they have on the bridge. An act on very many rows goes in steps that let others in between. */
export const WORKSPACE_ACTS: ReadonlyMap<string, Act> = new Map<string, Act>([
  [
    'command',
    (workspace, args) =>
      isBulkCommand(args)
        ? workspace.walk(runBulkCommand(workspace.replica, workspace.identity, args, Date.now()))
        : one(workspace, args),
  ],
  [
    'outbox.retry',
    writing(({ replica, identity }, args: Acts['outbox.retry']['args']) =>
      retryWrite(replica, identity, args, Date.now()),
    ),
  ],
  [
    'outbox.discard',
    writing(({ replica }, { writeId }: Acts['outbox.discard']['args']) => {
      discardChange(replica, writeId);
      return null;
    }),
  ],
  [
    'outbox.takeBack',
    writing(({ replica, identity }, { writeId }: Acts['outbox.takeBack']['args']) => {
      takeBack(replica, identity, writeId, Date.now());
      return null;
    }),
  ],
  [
    'storage.choose',
    (workspace, args) => {
      workspace.choose(args);
      return null;
    },
  ],
  [
    'messages.fetchOlder',
    (workspace, { conversationId }: Acts['messages.fetchOlder']['args']) => workspace.fetchOlder(conversationId),
  ],
  [
    'history.fetch',
    async (workspace, { contactId, older }: Acts['history.fetch']['args']) => {
      const result = await fetchHistory(workspace.replica, workspace.ask, { contactId, older, now: Date.now });
      workspace.changed(true);
      return result;
    },
  ],
  [
    'messages.readBack',
    ({ replica }, { conversationId }: Acts['messages.readBack']['args']) => {
      noteReading(replica, conversationId, Date.now());
      return null;
    },
  ],
]);
