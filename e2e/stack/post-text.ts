import { createHmac } from 'node:crypto';
import { TWILIO_AUTH_TOKEN } from './fixtures.ts';
import type { ServerStack } from './stack.ts';

const NUMBER = '+15558675310';

/** A webhook as Twilio sends it, signed over the public address and the sorted fields. */
export async function postText(
  server: ServerStack,
  text: { from: string; body: string; sid: string; token?: string },
): Promise<number> {
  const url = `${server.url}/hooks/twilio/sms`;
  const fields: Record<string, string> = {
    AccountSid: `AC${'0'.repeat(32)}`,
    MessageSid: text.sid,
    From: text.from,
    To: NUMBER,
    Body: text.body,
    NumMedia: '0',
    NumSegments: '1',
  };
  const signed = Object.keys(fields)
    .toSorted()
    .reduce((all, key) => all + key + fields[key], url);
  const signature = createHmac('sha1', text.token ?? TWILIO_AUTH_TOKEN)
    .update(signed)
    .digest('base64');
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
    body: new URLSearchParams(fields),
  });
  return answer.status;
}
