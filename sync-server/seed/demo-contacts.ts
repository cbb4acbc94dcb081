import { idFromParts } from '../../shared/kernel/ids.ts';
import { toSearchText } from '../../shared/kernel/search-text.ts';
import type { DemoRandom } from './demo-random.ts';
import { AREAS, COMPANIES, FIRST_NAMES, LAST_NAMES, SOURCES, TAGS } from './demo-words.ts';

export type DemoContact = {
  id: string;
  firstName: string;
  lastName: string;
  company: string | null;
  email: string | null;
  phone: string;
  leadScore: number;
  leadStatus: string;
  ownerId: string | null;
  source: string;
  locale: string;
  timezone: string;
  createdAt: number;
  tags: string[];
};

const STATUSES = ['new', 'contacted', 'qualified', 'won', 'lost'];
const DAY = 24 * 3_600_000;
const IN_STORIES = 100 * AREAS.length;

/** Numbers set aside for stories (555-0100 to 0199 of each area) first; when they run out, other 555 numbers. */
function phoneOf(i: number): { phone: string; timezone: string } {
  const [area, timezone] = AREAS[i % AREAS.length] ?? AREAS[0];
  const turn = Math.floor(i / AREAS.length);
  const line = i < IN_STORIES ? 100 + turn : 200 + ((turn - 100) % 9_800);
  // Beyond all 555 numbers of all areas the exchange counts on, so that every contact keeps a number of its own.
  const exchange = 555 + (i < IN_STORIES ? 0 : Math.floor((turn - 100) / 9_800));
  return { phone: `+1${area}${exchange}${String(line).padStart(4, '0')}`, timezone };
}

/** The i-th contact of the demo, the same on every run but for dates, which count back from `now`. */
export function demoContact(
  random: DemoRandom,
  tenantId: string,
  i: number,
  owners: readonly string[],
  now: number,
): DemoContact {
  const firstName = random.pick(FIRST_NAMES);
  const lastName = random.pick(LAST_NAMES);
  const plain = (name: string) => toSearchText(name).replaceAll(/[^a-z]/g, '');
  const hasEmail = random.chance(0.86);
  // Most are lukewarm, few are hot.
  const leadScore = Math.min(100, Math.floor(random.next() * random.next() * 115));
  const reach = leadScore > 75 ? 5 : leadScore > 40 ? 4 : 2;
  return {
    id: idFromParts(tenantId, 'demo contact', String(i)),
    firstName,
    lastName,
    company: random.chance(0.35) ? random.pick(COMPANIES) : null,
    email: hasEmail ? `${plain(firstName)}.${plain(lastName)}${i}@example.com` : null,
    ...phoneOf(i),
    leadScore,
    leadStatus: STATUSES[random.below(reach)] ?? 'new',
    ownerId: random.chance(0.7) ? (owners[random.below(owners.length)] ?? null) : null,
    source: random.pick(SOURCES),
    locale: random.chance(0.12) ? 'es-US' : 'en-US',
    createdAt: now - Math.floor(random.next() * 500 * DAY) - DAY,
    tags: random.chance(0.6) ? [...new Set([random.pick(TAGS), random.pick(TAGS)])] : [],
  };
}
