import twilio from 'twilio';
import type { Carrier, NumberFound, SendOutcome } from '../../ports/carrier.ts';
import { twilioReason } from './twilio-codes.ts';

type TwilioSettings = {
  accountSid: string;
  authToken: string;
  /** Where Twilio sends receipts: the public address of this server, without a slash at the end. */
  publicUrl: string;
  /** Replaced in tests; Twilio's own otherwise. */
  httpClient?: twilio.RequestClient;
};

/** Errors before anything left this computer. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Somebody looks at a screen while it is asked. */
const ASKED_MS = 5_000;

/** Texts through Twilio's Programmable Messaging. */
export function createTwilioCarrier({ accountSid, authToken, publicUrl, httpClient }: TwilioSettings): Carrier {
  const client = twilio(accountSid, authToken, httpClient ? { httpClient } : {});
  const asking = twilio(accountSid, authToken, {
    httpClient: httpClient ?? new twilio.RequestClient({ timeout: ASKED_MS }),
  });
  return {
    vendor: 'twilio',
    mode: 'live',
    async sendText({ messageId, from, to, body }) {
      try {
        const statusCallback = `${publicUrl}/hooks/twilio/sms-status?message=${messageId}`;
        const { sid } = await client.messages.create({ from, to, body, statusCallback });
        return { status: 'sent', vendorId: sid };
      } catch (error) {
        return toOutcome(error);
      }
    },
    async health() {
      try {
        const { status } = await asking.api.v2010.accounts(accountSid).fetch();
        const message = status === 'active' ? null : `Your Twilio account is ${status}. Texts do not go out.`;
        return { mode: 'live', ok: message === null, message };
      } catch (error) {
        const outcome = toOutcome(error);
        return { mode: 'live', ok: false, message: outcome.status === 'sent' ? null : wordsOfHealth(outcome) };
      }
    },
    async findNumber(e164): Promise<NumberFound> {
      try {
        const [found] = await asking.incomingPhoneNumbers.list({ phoneNumber: e164, limit: 1 });
        // Twilio looks for numbers that hold these digits.
        return { status: found?.phoneNumber === e164 ? 'ours' : 'not ours' };
      } catch (error) {
        const outcome = toOutcome(error);
        return { status: 'unknown', reason: outcome.status === 'sent' ? '' : wordsOfHealth(outcome) };
      }
    },
  };
}

/** Nothing was sent, so a broken line is nothing more than that. */
const wordsOfHealth = ({ status, reason }: Exclude<SendOutcome, { status: 'sent' }>): string =>
  status === 'unknown' ? 'Twilio could not be reached.' : reason;

function toOutcome(error: unknown): SendOutcome {
  const { status, code, message = '' } = error as { status?: number; code?: number | string; message?: string };
  if (typeof status === 'number') {
    if (status === 429 || status >= 500)
      return { status: 'retry', reason: `Twilio is busy at the moment (HTTP ${status}).` };
    const vendorCode = String(code ?? status);
    const reason =
      status === 401
        ? 'Twilio did not accept the account id and token of this server.'
        : twilioReason(vendorCode, message);
    return { status: 'rejected', code: vendorCode, reason, optedOut: vendorCode === '21610' };
  }
  if (NOT_CONNECTED.has(String(code))) return { status: 'retry', reason: 'Twilio could not be reached.' };
  return {
    status: 'unknown',
    reason: 'The line to Twilio broke while sending, so nobody knows whether it arrived. It was not sent again.',
  };
}
