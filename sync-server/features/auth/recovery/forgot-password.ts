import { randomBytes } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { z } from 'zod';
import type { JobRequest, Perform } from '../../../db/act.ts';
import type { Pool } from '../../../db/pool.ts';
import type { Seal } from '../../../db/sealed.ts';
import type { JobDefinition, JobKind } from '../../../jobs/job-definition.ts';
import { mailJob } from '../../../jobs/send-mail.ts';
import { writeMail } from '../../../ports/letter.ts';
import { hashToken } from '../sessions/issue-session.ts';
import { users } from '../user-table.ts';
import { passwordResets } from './password-reset-table.ts';

export const FORGOT_PASSWORD: JobKind = {
  name: 'auth.forgotPassword',
  retryLimit: 5,
  retryDelaySeconds: 5,
  concurrency: 1,
};

const RESET_MS = 3_600_000;
const asked = z.object({ email: z.string() });

/** The whole work of the request: the same, and as long, whether or not there is such an account. A job looks. */
export const forgotPasswordJob = (email: string): JobRequest => ({ name: FORGOT_PASSWORD.name, data: { email } });

/** Mails a link where there is an active account, and does nothing where there is none. A newer link ends the older ones. */
export const mailResets = (parts: { pool: Pool; perform: Perform; seal: Seal; publicUrl: string }): JobDefinition => ({
  kind: FORGOT_PASSWORD,
  async run(data) {
    const { email } = asked.parse(data);
    const [user] = await drizzle(parts.pool).select().from(users).where(eq(users.email, email));
    if (!user?.active) return;
    const { id: userId, tenantId, role } = user;
    await parts.perform({ tenantId, userId, deviceId: null, role }, async (act) => {
      const token = randomBytes(32).toString('base64url');
      await act.tx
        .update(passwordResets)
        .set({ usedAt: act.now })
        .where(and(eq(passwordResets.userId, userId), isNull(passwordResets.usedAt)));
      await act.tx.insert(passwordResets).values({
        id: act.newId(),
        userId,
        tenantId,
        tokenHash: hashToken(token),
        createdAt: act.now,
        expiresAt: act.now + RESET_MS,
      });
      act.audit({ action: 'auth.forgotPassword', entity: 'user', entityId: userId });
      const letter = writeMail({
        to: email,
        subject: 'Choose a new Switchboard password',
        paragraphs: [
          `Hello ${user.name},`,
          'somebody asked for a new password for your account. The link below works once, for an hour.',
          'If it was not you, there is nothing to do: your password stays as it is.',
        ],
        link: { label: 'Choose a new password', url: `${parts.publicUrl}/reset/${token}` },
      });
      await act.enqueue(mailJob(parts.seal, letter));
    });
  },
});
