import { eq } from 'drizzle-orm';
import type { Act } from '../../db/act.ts';
import type { Seal } from '../../db/sealed.ts';
import type { EventNamed } from '../../events/event.ts';
import { mailJob } from '../../jobs/send-mail.ts';
import { writeMail } from '../../ports/letter.ts';
import { users } from './user-table.ts';

type What = EventNamed<'security.noticed'>['what'];

const WORDS: Record<What, (detail: string | null) => { subject: string; text: string }> = {
  new_device: (device) => ({
    subject: 'A new sign-in to Switchboard',
    text: `Somebody signed in to your account on a device that is new${device ? `: ${device}` : ''}.`,
  }),
  password_changed: () => ({
    subject: 'Your Switchboard password was changed',
    text: 'The password of your account was changed.',
  }),
  second_factor_changed: (how) => ({
    subject: 'Your second factor in Switchboard was changed',
    text: `The second factor of your account was ${how ?? 'changed'}.`,
  }),
  recovery_code_used: (left) => ({
    subject: 'A recovery code was used in Switchboard',
    text: `Somebody signed in to your account with a recovery code. ${left ?? 'Some'} are left.`,
  }),
};

/** Tells a person, in the app and by mail, what became of their access: if it was not them, they learn it from a second place. */
export async function noticeSecurity(
  act: Act,
  seal: Seal,
  userId: string,
  what: What,
  detail: string | null = null,
): Promise<void> {
  await act.publish({ type: 'security.noticed', userId, what, detail });
  const [person] = await act.tx.select({ email: users.email }).from(users).where(eq(users.id, userId));
  if (!person) return;
  const { subject, text } = WORDS[what](detail);
  const rest =
    'If this was you, there is nothing to do. If not, change your password at once, end the sessions you do not know under Settings, Security, and tell an administrator of your workspace.';
  await act.enqueue(mailJob(seal, writeMail({ to: person.email, subject, paragraphs: [text, rest] })));
}
