/** Twilio's error codes in words (twilio.com/docs/api/errors, read 2026-11). Others are given with Twilio's own message. */
const WORDS: Record<string, string> = {
  '21211': 'This is not a valid phone number.',
  '21408': 'Your Twilio account may not text this country.',
  '21610': 'This person has asked not to be texted (STOP).',
  '21612': 'The carrier cannot reach this number from yours.',
  '21614': 'This number cannot receive texts.',
  '21617': 'The message is longer than a text may be.',
  '30003': 'The phone is switched off or out of reach.',
  '30004': 'The message was blocked by the receiver or their carrier.',
  '30005': 'This number does not exist any more.',
  '30006': 'This number is a landline or cannot receive texts.',
  '30007': 'The carrier filtered the message as spam.',
  '30034': 'Your number is not registered for texting in the US (A2P 10DLC).',
};

export const twilioReason = (code: string, fallback: string): string =>
  `${WORDS[code] ?? (fallback || 'Twilio did not send it.')} (Twilio ${code})`.replace(
    /\.? \(Twilio (\w+)\)$/,
    ' (Twilio $1).',
  );
