import { and, eq, isNotNull } from 'drizzle-orm';
import { z } from 'zod';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Act } from '../../db/act.ts';
import type { Seal } from '../../db/sealed.ts';
import type { Carrier } from '../../ports/carrier.ts';
import type { Integration } from '../../ports/integration.ts';
import { contacts } from '../contacts/contact-table.ts';
import { findSenderNumber } from '../workspace/phone-number-read-model.ts';
import { isSuppressed } from '../privacy/suppression-read-model.ts';

const TEST = 'This is a test of Switchboard. Texts go out.';

/** Texts, whoever carries them. */
export const carrierIntegration = (carrier: Carrier, seal: Seal): Integration => ({
  name: 'Text messages',
  mode: carrier.mode,
  health: () => carrier.health(),
  async sendTest(look, to) {
    const address = z.e164().safeParse(to);
    if (!address.success)
      throw new AppError(
        'invalid_input',
        'A number in international form is needed, like +14155550142. Nothing was sent.',
        {
          fields: { to: 'A number in international form, like +14155550142' },
        },
      );
    const text = await look(async (act) => {
      await assertMayText(act, seal, to);
      const number = await findSenderNumber(act.tx, act.tenantId, null);
      if (number) return { messageId: act.newId(), from: number.e164, to, body: TEST };
      throw new AppError('not_allowed_now', 'This workspace has no phone number yet. Nothing was sent; add one first.');
    });
    const outcome = await carrier.sendText(text);
    return outcome.status === 'sent' ? { accepted: true, message: null } : { accepted: false, message: outcome.reason };
  },
});

/** A test is a text like any other to who asked for none. */
async function assertMayText(act: Act, seal: Seal, phone: string): Promise<void> {
  const { tx, tenantId } = act;
  const [out] = await tx
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.tenantId, tenantId), eq(contacts.phone, phone), isNotNull(contacts.optedOutAt)))
    .limit(1);
  if (out || (await isSuppressed(act, seal, { phone, email: null })))
    throw new AppError('not_allowed_now', 'Who has this number has asked not to be texted (STOP). Nothing was sent.', {
      reason: 'opted_out',
    });
}
