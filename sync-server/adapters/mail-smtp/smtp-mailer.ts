import { createTransport } from 'nodemailer';
import type { Mailer, MailOutcome } from '../../ports/mail.ts';

type Options = { smtpUrl: string; from: string };

/** Mails over SMTP. `smtp://` uses STARTTLS where the server offers it, `smtps://` TLS from the start; login stands in the URL. */
export function createSmtpMailer({ smtpUrl, from }: Options): Mailer {
  const transport = createTransport(
    {
      url: smtpUrl,
      connectionTimeout: 15_000,
      greetingTimeout: 15_000,
      socketTimeout: 30_000,
      // Nothing that somebody wrote can make it read files or fetch addresses.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  return {
    mode: 'live',
    async send({ to, subject, text, html }): Promise<MailOutcome> {
      try {
        // As an object it is one address, whatever stands in it.
        const info = await transport.sendMail({ to: { name: '', address: to }, subject, text, html });
        return { status: 'sent', id: String(info.messageId) };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    async check() {
      try {
        await transport.verify();
        return null;
      } catch (error) {
        return `The mail server does not take mails: ${wordsOf(error)}`;
      }
    },
  };
}

/** 4xx and a broken line pass; 5xx stays. A wrong login is ours to correct, so the mail waits for that. */
function outcomeOf(error: unknown): MailOutcome {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  const isForGood = responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH';
  return { status: isForGood ? 'rejected' : 'retry', reason: wordsOf(error) };
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300);
