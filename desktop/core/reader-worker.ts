import { parentPort, workerData } from 'node:worker_threads';
import type { ArgsOf, ExportedPeople } from '../../shared/bridge/bridge-contract.ts';
import { AppError } from '../../shared/kernel/app-error.ts';
import { must } from '../../shared/kernel/must.ts';
import type { OpenedReplica } from './engine/engine.ts';
import { contactQueries } from './features/contacts/contact-queries.ts';
import { ContactWindows, FIRST_CONTACT_VIEW } from './features/contacts/contact-window.ts';
import { factsOver, ridsOfIds } from './features/contacts/contact-rule.ts';
import { duplicateQueries } from './features/contacts/duplicates/duplicate-queries.ts';
import { historyQueries } from './features/contacts/history/history-queries.ts';
import { findPeople } from './features/contacts/find-people.ts';
import { ExportDesk } from './features/exports/export-desk.ts';
import { ImportDesk } from './features/imports/import-desk.ts';
import { inboxQueries } from './features/inbox/inbox-queries.ts';
import { mergeQueries } from './features/merges/merge-queries.ts';
import { activityQueries, readActPage } from './features/activity/activity-queries.ts';
import { notificationQueries } from './features/notifications/notification-queries.ts';
import { peopleQueries } from './features/people/people-queries.ts';
import { taskQueries } from './features/tasks/task-queries.ts';
import { outboxQueries } from './features/outbox/outbox-queries.ts';
import { inspectSync } from './features/sync/inspect-queries.ts';
import { searchQueries } from './features/search/search-queries.ts';
import { workspaceQueries } from './features/workspace/workspace-queries.ts';
import type { QueryContext } from './replica/query-context.ts';
import { openReadConnection, type ReadConnection } from './replica/read-connection.ts';
import { ThreadLink } from './threads/thread-link.ts';

// A thread that only reads the replica. Two of them run: one answers screens, the other reads files of contacts and makes them,
// whose hundred thousand rows must not keep a screen waiting.
const { profileDir, answersScreens } = workerData as { profileDir: string; answersScreens: boolean };

let db: ReadConnection | null = null;
let opened: OpenedReplica = null;
let imports: ImportDesk | null = null;
let exports: ExportDesk | null = null;

/** The first screen is being drawn until then. */
const LEARN_AFTER_MS = 1_500;
/** Whoever typed on is answered first. */
const LEARN_AFTER_QUESTION_MS = 100;

const windows = new ContactWindows();

type Answer = (context: QueryContext, args: never) => unknown;
const queries: Record<string, Answer> = {
  ...contactQueries(windows),
  ...inboxQueries,
  ...mergeQueries,
  ...outboxQueries,
  ...workspaceQueries,
  ...peopleQueries,
  ...taskQueries,
  ...notificationQueries,
  ...duplicateQueries(),
  ...activityQueries,
  ...historyQueries({ ...activityQueries, ...outboxQueries }),
  ...searchQueries(findPeople),
};

function open(next: OpenedReplica): null {
  db?.close();
  db = next ? openReadConnection(next.file, next.key) : null;
  opened = next;
  imports = next ? new ImportDesk(profileDir, next.key) : null;
  exports = next ? new ExportDesk() : null;
  if (db && next && answersScreens) setImmediate(prepare, db, next);
  return null;
}

/** The page that asks for it is loading meanwhile. */
function prepare(connection: ReadConnection, me: NonNullable<OpenedReplica>): void {
  if (connection !== db) return;
  try {
    windows.prepare({ db: connection, now: Date.now, me }, FIRST_CONTACT_VIEW);
    learnLater(connection, LEARN_AFTER_MS);
  } catch (error) {
    // Whoever asks for the list is told; a thread that died of it would die again and again.
    tellProblem(error);
  }
}

let isLearning = false;

/** Questions want facts that are not there yet, and the end of a first load is told to nobody: each question looks whether there is more to learn. */
function learnLater(connection: ReadConnection, delayMs = 0): void {
  if (isLearning) return;
  isLearning = true;
  setTimeout(learn, delayMs, connection);
}

/** Facts for the filters, a piece at a time between the questions, once the first screen is there. */
function learn(connection: ReadConnection): void {
  isLearning = false;
  if (connection !== db) return;
  try {
    if (factsOver(connection).step()) learnLater(connection);
  } catch (error) {
    tellProblem(error);
  }
}

function answer(method: string, args: unknown): unknown {
  if (method === 'open') return open(args as OpenedReplica);
  if (method === 'close') return open(null);
  if (!db || !opened || !imports || !exports)
    throw new AppError('unauthenticated', 'Nobody is signed in. Sign in and try again.');
  if (method.startsWith('imports.') && method !== 'imports.list')
    return imports.answer(method, args as never, { db, country: opened.country });
  if (method.startsWith('contactFiles.')) {
    const asker = { db, now: Date.now, me: opened };
    const ridsOf = (who: ExportedPeople) =>
      'ids' in who ? ridsOfIds(asker.db, who.ids) : windows.listRids(asker, who);
    return exports.answer(method, args as never, { db, now: Date.now, ridsOf });
  }
  if (method === 'acts.page') {
    const { filter, after } = args as ArgsOf<'acts.page'>;
    return readActPage({ db, now: Date.now, me: opened }, filter, after);
  }
  if (method === 'sync.inspect') return inspectSync(db, opened);
  const query = queries[method];
  if (!query) throw new AppError('not_found', `Switchboard cannot answer “${method}”.`);
  if (answersScreens) learnLater(db, LEARN_AFTER_QUESTION_MS);
  return query({ db, now: Date.now, me: opened }, args as never);
}

const tellProblem = (error: unknown): void =>
  link.tell('problem', {
    where: 'reader',
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });

const link: ThreadLink = new ThreadLink(must(parentPort, 'a parent thread'), { answer, onBug: tellProblem });
