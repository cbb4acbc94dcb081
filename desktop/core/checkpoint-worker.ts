import { parentPort, workerData } from 'node:worker_threads';
import { must } from '../../shared/kernel/must.ts';
import { openDatabase, type ReplicaPlace } from './replica/sealed-database.ts';
import { ThreadLink } from './threads/thread-link.ts';

// The thread that writes the log back into the file, so that no edit ever waits for it.
const { file, key } = workerData as ReplicaPlace;
const db = openDatabase(file, key, { fileMustExist: true });
// What is written back must be on disk before the log begins anew.
db.pragma('synchronous = FULL');

const answer = (method: string): unknown => {
  if (method === 'checkpoint') return (db.pragma('wal_checkpoint(PASSIVE)') as unknown[])[0];
  db.close();
  return null;
};

const link: ThreadLink = new ThreadLink(must(parentPort, 'a parent thread'), {
  answer,
  onBug: (error) => link.tell('problem', { where: 'checkpointer', error: String(error) }),
});
