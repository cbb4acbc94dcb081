import { conversationIdOf, messagePreview } from '../../shared/inbox/message.ts';
import { idFromParts } from '../../shared/kernel/ids.ts';
import type { DemoContact } from './demo-contacts.ts';
import type { DemoRandom } from './demo-random.ts';
import { DIALOGUES } from './demo-words.ts';

type Direction = 'in' | 'out';
export type DemoMessage = {
  id: string;
  direction: Direction;
  body: string;
  createdAt: number;
  authorId: string | null;
};
export type DemoConversation = {
  id: string;
  contact: DemoContact;
  status: 'OPEN' | 'CLOSED';
  waitingSince: number | null;
  preview: string;
  lastDirection: Direction;
  messages: DemoMessage[];
};

const MINUTE = 60_000;
/** How long those wait who wait: from a few minutes to most of a day. */
const WAITS = [4, 9, 17, 26, 41, 58, 95, 130, 190, 320, 540, 1_100];

/** The texts exchanged with one contact. The first few contacts are waiting for an answer right now. */
export function demoConversation(
  random: DemoRandom,
  contact: DemoContact,
  n: number,
  authorId: string,
  now: number,
): DemoConversation {
  const waitMinutes = WAITS[n];
  const lines = random.pick(DIALOGUES);
  const asked = lines.findLastIndex((line) => line.startsWith('>'));
  // Somebody who waits has had no answer to their last text; everybody else has had theirs.
  const kept = waitMinutes !== undefined ? lines.slice(0, asked + 1) : lines;
  const endsAt =
    waitMinutes !== undefined ? now - waitMinutes * MINUTE : now - (30 + random.below(60 * 24 * 45)) * MINUTE;
  const messages = kept.map((line, i): DemoMessage => {
    const direction: Direction = line.startsWith('>') ? 'in' : 'out';
    return {
      id: idFromParts(contact.id, 'demo message', String(i)),
      direction,
      body: line.slice(2),
      createdAt: endsAt - (kept.length - 1 - i) * (2 + random.below(9)) * MINUTE,
      authorId: direction === 'out' ? authorId : null,
    };
  });
  messages.sort((a, b) => a.createdAt - b.createdAt);
  const last = messages.at(-1);
  return {
    id: conversationIdOf(contact.id, 'sms'),
    contact,
    status: waitMinutes === undefined && random.chance(0.55) ? 'CLOSED' : 'OPEN',
    waitingSince: waitMinutes === undefined ? null : endsAt,
    preview: messagePreview(last?.body ?? ''),
    lastDirection: last?.direction ?? 'in',
    messages,
  };
}
