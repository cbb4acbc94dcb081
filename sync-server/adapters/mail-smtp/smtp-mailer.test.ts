import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testMailPort, type ReceivedMail } from '../../ports/mail-port-tests.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

const received: ReceivedMail[] = [];
let refuses: { code: number; words: string } | null = null;
let server: SMTPServer;
let port = 0;

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      refuses ? done(Object.assign(new Error(refuses.words), { responseCode: refuses.code })) : done(),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const keep = PostalMime.parse(Buffer.concat(chunks)).then(({ subject, text, html, headers }) => {
          const to = session.envelope.rcptTo.map(({ address }) => address).join(',');
          received.push({
            to,
            subject: subject ?? '',
            text: text ?? '',
            html: html ?? '',
            headers: headers.map(({ key }) => key),
          });
        });
        // oxlint-disable-next-line promise/no-callback-in-promise -- the server speaks in callbacks
        void keep.then(() => done());
      });
    },
  });
  const listener = server.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  port = (listener.address() as AddressInfo).port;
});
afterAll(() => new Promise<void>((resolve) => server.close(resolve)));

const mailer = () => createSmtpMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Switchboard <crm@test.example>' });
const mail = { to: 'ada@test.example', subject: 'Hi', text: 'Hi', html: '<p>Hi</p>' };

describe('over SMTP', () => {
  testMailPort(async () => ({ mailer: mailer(), newest: async () => received.at(-1) as ReceivedMail }));

  test('a server that is busy is asked again, one that will never take the mail is not', async () => {
    refuses = { code: 451, words: 'Try later' };
    expect(await mailer().send(mail)).toMatchObject({ status: 'retry' });
    refuses = { code: 550, words: 'No such mailbox' };
    expect(await mailer().send(mail)).toEqual({
      status: 'rejected',
      reason: expect.stringContaining('No such mailbox'),
    });
    refuses = null;
  });

  test('a server that is not there is asked again, and the check says so', async () => {
    const nowhere = createSmtpMailer({ smtpUrl: 'smtp://127.0.0.1:9', from: 'crm@test.example' });
    expect(await nowhere.send(mail)).toMatchObject({ status: 'retry' });
    expect(await nowhere.check()).toMatch(/does not take mails/);
  });
});
