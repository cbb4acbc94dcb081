import { z } from 'zod';
import type { JobRequest } from '../db/act.ts';
import type { Seal } from '../db/sealed.ts';
import type { Mail, Mailer } from '../ports/mail.ts';
import { JobRetry, type JobDefinition, type JobKind } from './job-definition.ts';

export const SEND_MAIL: JobKind = { name: 'mail.send', retryLimit: 8, retryDelaySeconds: 10, concurrency: 2 };

const waiting = z.object({ sealed: z.string() });
const mail = z.object({ to: z.string(), subject: z.string(), text: z.string(), html: z.string() });
const CONTEXT = 'mail that waits';

/** The mail as a job. Mails carry links that let people in, so what waits in the queue is sealed. */
export const mailJob = (seal: Seal, letter: Mail): JobRequest => ({
  name: SEND_MAIL.name,
  data: { sealed: seal.seal(JSON.stringify(letter), CONTEXT) },
});

/** Tells of a mail that no server will take; the person who wanted it sent reads the link on their screen. */
export const sendMails = (mailer: Mailer, seal: Seal, onRejected: (reason: string) => void): JobDefinition => ({
  kind: SEND_MAIL,
  async run(data) {
    const letter = mail.parse(JSON.parse(seal.open(waiting.parse(data).sealed, CONTEXT)));
    const outcome = await mailer.send(letter);
    if (outcome.status === 'retry') throw new JobRetry(outcome.reason);
    if (outcome.status === 'rejected') onRejected(outcome.reason);
  },
});
