/**
 * Whole-message words that stop texts to the sender's number, upper case.
 * Source: Twilio, default opt-out keywords for long codes (messaging/tutorials/advanced-opt-out), read 2026-11.
 */
const STOP_WORDS = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'END', 'QUIT', 'CANCEL', 'REVOKE', 'OPTOUT']);
const START_WORDS = new Set(['START', 'YES', 'UNSTOP']);

/** What an inbound text asks for. Only a message that is nothing but the word counts; case and outer spaces don't. */
export function readOptOutKeyword(body: string): 'stop' | 'start' | null {
  const word = body.trim().toUpperCase();
  if (STOP_WORDS.has(word)) return 'stop';
  return START_WORDS.has(word) ? 'start' : null;
}
