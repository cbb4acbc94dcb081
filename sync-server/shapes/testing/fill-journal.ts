import { ChangeJournal } from '../log/change-journal.ts';

// Writes to a journal until the disk (a limit on the size of files) is full, then tries the last transaction once more in a new file.
const journal = new ChangeJournal(process.argv[2] ?? '', { segmentBytes: 1e9, keptSegments: 3 });
let change = 0;
try {
  for (;;) {
    change += 1;
    const messages = JSON.stringify({ change, pad: 'x'.repeat(600) });
    journal.append({ shape: 'contacts', lsn: BigInt(change), xid: change, op: 0, messages });
    journal.commit(BigInt(change));
  }
} catch (error) {
  journal.abandon();
  const records = journal.recordsAfter('contacts', 0n, 0);
  const isWhole = records.length === change - 1 && journal.head === BigInt(change - 1);
  process.stdout.write(isWhole ? String((error as NodeJS.ErrnoException).code) : 'not taken back');
}
