import { z } from 'zod';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Integration } from '../../ports/integration.ts';
import { writeMail } from '../../ports/letter.ts';
import type { Mailer } from '../../ports/mail.ts';

/** Mails, whoever carries them. */
export const mailIntegration = (mailer: Mailer): Integration => ({
  name: 'Mail',
  mode: mailer.mode,
  async health() {
    const message = await mailer.check();
    return { mode: mailer.mode, ok: message === null, message };
  },
  async sendTest(_look, to) {
    if (!z.email().safeParse(to).success)
      throw new AppError('invalid_input', 'A mail address is needed, like ada@example.com. Nothing was sent.', {
        fields: { to: 'A mail address, like ada@example.com' },
      });
    const paragraphs = ['This is a test of Switchboard. Mails go out.'];
    const outcome = await mailer.send(writeMail({ to, subject: 'A test of Switchboard', paragraphs }));
    return outcome.status === 'sent' ? { accepted: true, message: null } : { accepted: false, message: outcome.reason };
  },
});
