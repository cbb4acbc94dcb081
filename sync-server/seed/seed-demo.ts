import { contactTagIdOf, tagIdOf } from '../../shared/contacts/tag.ts';
import { idFromParts } from '../../shared/kernel/ids.ts';
import type { Client, Pool } from '../db/pool.ts';
import { inTx } from '../db/tx.ts';
import { hashPassword } from '../features/auth/password.ts';
import { contactKeys } from '../features/contacts/contact-keys.ts';
import { demoContact, type DemoContact } from './demo-contacts.ts';
import { demoConversation, type DemoConversation } from './demo-conversations.ts';
import { createDemoRandom } from './demo-random.ts';
import { NOTES, TAGS } from './demo-words.ts';

/** The same ids on every machine, so that seeding twice is seeding once. */
const DEMO_NAMESPACE = '5d1f6a52-3c0e-4a57-9d1a-6d2f0f0c7e11';
export const DEMO_TENANT_ID = idFromParts<'tenant'>(DEMO_NAMESPACE, 'tenant');
export const DEMO_PASSWORD = 'demo-password';
/** The number the demo tenant texts from. */
const DEMO_NUMBER = '+15558675310';

const MEMBERS = [
  { email: 'owner@demo.test', name: 'Grace Tan', role: 'OWNER' },
  { email: 'manager@demo.test', name: 'Theo Lindqvist', role: 'MANAGER' },
  { email: 'agent@demo.test', name: 'Amara Okafor', role: 'AGENT' },
  { email: 'viewer@demo.test', name: 'Sam Reyes', role: 'VIEWER' },
] as const;

type SeedOptions = {
  contacts: number;
  /** E.164 numbers to give the demo tenant besides its own. */
  numbers?: readonly string[];
  now: number;
};

/** Fills the demo tenant. What is there already stays as it is; `contacts` above the first time adds the missing ones. */
export async function seedDemo(pool: Pool, { contacts: wanted, numbers = [], now }: SeedOptions): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  await inTx(pool, async (_tx, client) => {
    await seedTeam(client, passwordHash, now);
    await seedNumbers(client, [DEMO_NUMBER, ...numbers], now);
  });
  const random = createDemoRandom(20_261_121);
  const owners = MEMBERS.slice(0, 3).map(({ email }) => memberId(email));
  const people = Array.from({ length: wanted }, (_, i) => demoContact(random, DEMO_TENANT_ID, i, owners, now));
  const { rows } = await pool.query<{ id: string }>('select id from contacts where tenant_id = $1', [DEMO_TENANT_ID]);
  const known = new Set(rows.map(({ id }) => id));
  const missing = people.filter(({ id }) => !known.has(id));
  for (let at = 0; at < missing.length; at += 5_000)
    await inTx(pool, (_tx, client) => insertContacts(client, missing.slice(at, at + 5_000)));
  // Who talked and what was noted belongs to the first filling: later ones must not bring back what people have deleted.
  if (known.size) return;
  const talkers = people
    .filter((_, i) => i % Math.max(1, Math.floor(Math.min(wanted, 5_000) / 300)) === 3)
    .slice(0, 300);
  const talks = talkers.map((contact, n) => demoConversation(random, contact, n, owners[n % 3] ?? '', now));
  const noted = people.filter((_, i) => i % 9 === 4).slice(0, 400);
  await inTx(pool, async (_tx, client) => {
    await insertConversations(client, talks);
    await insertRows(
      client,
      'notes',
      noted.map((contact, n) => ({
        id: idFromParts(contact.id, 'demo note'),
        tenant_id: DEMO_TENANT_ID,
        contact_id: contact.id,
        author_id: owners[n % 3],
        body: random.pick(NOTES),
        created_at: at(contact.createdAt + 3_600_000),
        updated_at: at(contact.createdAt + 3_600_000),
      })),
    );
  });
  await pool.query('analyze');
}

const memberId = (email: string): string => idFromParts(DEMO_NAMESPACE, 'member', email);
const at = (instant: number): string => new Date(instant).toISOString();

async function seedTeam(client: Client, passwordHash: string, now: number): Promise<void> {
  await insertRows(client, 'tenants', [
    { id: DEMO_TENANT_ID, name: 'Northwell Heating', country: 'US', created_at: at(now) },
  ]);
  await insertRows(
    client,
    'users',
    MEMBERS.map((member) => ({
      ...member,
      id: memberId(member.email),
      tenant_id: DEMO_TENANT_ID,
      active: true,
      password_hash: passwordHash,
      created_at: at(now),
      updated_at: at(now),
    })),
  );
}

async function seedNumbers(client: Client, numbers: readonly string[], now: number): Promise<void> {
  for (const [i, e164] of numbers.entries())
    await insertRows(client, 'phone_numbers', [
      {
        id: idFromParts(DEMO_NAMESPACE, 'number', e164),
        tenant_id: DEMO_TENANT_ID,
        e164,
        label: i === 0 ? 'Front desk' : null,
        created_at: at(now + i),
      },
    ]);
}

async function insertContacts(client: Client, people: readonly DemoContact[]): Promise<void> {
  await insertRows(
    client,
    'tags',
    TAGS.map((name) => ({
      id: tagIdOf(DEMO_TENANT_ID, name),
      tenant_id: DEMO_TENANT_ID,
      name,
      created_at: at(Date.now()),
    })),
  );
  await insertRows(
    client,
    'contacts',
    people.map((c) => {
      const { nameKey, search } = contactKeys(c);
      return {
        id: c.id,
        tenant_id: DEMO_TENANT_ID,
        first_name: c.firstName,
        last_name: c.lastName,
        company: c.company,
        email: c.email,
        phone: c.phone,
        lead_score: c.leadScore,
        lead_status: c.leadStatus,
        owner_id: c.ownerId,
        source: c.source,
        locale: c.locale,
        timezone: c.timezone,
        name_key: nameKey,
        search,
        created_at: at(c.createdAt),
        updated_at: at(c.createdAt),
      };
    }),
  );
  await insertRows(
    client,
    'contact_tags',
    people.flatMap((c) =>
      c.tags.map((name) => {
        const tagId = tagIdOf(DEMO_TENANT_ID, name);
        return {
          id: contactTagIdOf(c.id, tagId),
          tenant_id: DEMO_TENANT_ID,
          contact_id: c.id,
          tag_id: tagId,
          created_at: at(c.createdAt),
        };
      }),
    ),
  );
}

async function insertConversations(client: Client, talks: readonly DemoConversation[]): Promise<void> {
  const ours = DEMO_NUMBER;
  const numberId = idFromParts(DEMO_NAMESPACE, 'number', ours);
  await insertRows(
    client,
    'conversations',
    talks.map((talk) => {
      const last = talk.messages.at(-1)?.createdAt ?? 0;
      return {
        id: talk.id,
        tenant_id: DEMO_TENANT_ID,
        contact_id: talk.contact.id,
        channel: 'sms',
        phone_number_id: numberId,
        status: talk.status,
        last_message_at: at(last),
        last_message_preview: talk.preview,
        last_message_direction: talk.lastDirection,
        waiting_since: talk.waitingSince === null ? null : at(talk.waitingSince),
        created_at: at(talk.messages[0]?.createdAt ?? last),
        updated_at: at(last),
      };
    }),
  );
  await insertRows(
    client,
    'messages',
    talks.flatMap((talk) =>
      talk.messages.map((message) => {
        const out = message.direction === 'out';
        const [from, to] = out ? [ours, talk.contact.phone] : [talk.contact.phone, ours];
        return {
          id: message.id,
          tenant_id: DEMO_TENANT_ID,
          conversation_id: talk.id,
          contact_id: talk.contact.id,
          channel: 'sms',
          direction: message.direction,
          body: message.body,
          status: out ? 'delivered' : 'received',
          from_address: from,
          to_address: to,
          author_id: message.authorId,
          created_at: at(message.createdAt),
          sent_at: out ? at(message.createdAt + 900) : null,
          delivered_at: out ? at(message.createdAt + 2_100) : null,
        };
      }),
    ),
  );
  await client.query(
    `update contacts c set last_interaction_at = v.last_message_at from conversations v
     where v.contact_id = c.id and c.tenant_id = $1`,
    [DEMO_TENANT_ID],
  );
}

type SeededTable =
  | 'tenants'
  | 'users'
  | 'phone_numbers'
  | 'tags'
  | 'contacts'
  | 'contact_tags'
  | 'conversations'
  | 'messages'
  | 'notes';

/** Inserts rows by the columns of the first; those that are there already stay. */
async function insertRows(client: Client, table: SeededTable, rows: readonly Record<string, unknown>[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).join(', ');
  await client.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)
     on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}
