import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';
import { addNumber } from '../../../testing/test-world.ts';

let stack: TestStack;
let owner: Person;
const NUMBER = '+15035550100';
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  await addNumber(stack, owner.tenantId, NUMBER);
});
afterAll(() => stack.close());

const PEOPLE = 4;
let made = 0;

/** Four people of whom each has something that others lack. */
async function makePeople(): Promise<string[]> {
  const ids = Array.from({ length: PEOPLE }, () => randomUUID());
  for (const [n, id] of ids.entries()) {
    made += 1;
    const phone = `+1415556${String(made).padStart(4, '0')}`;
    const own = [{ company: `C${n}` }, { source: `S${n}` }, { email: `e${made}@mail.example` }, { leadScore: 40 }][n];
    await owner.push(
      {
        name: 'contacts.create',
        input: { id, firstName: `P${n}`, tags: [`t${n}`, `t${(n + 1) % PEOPLE}`], ...(n % 2 ? { phone } : {}), ...own },
      },
      { name: 'notes.add', input: { id: randomUUID(), contactId: id, body: `Note of ${n}` } },
      { name: 'tasks.create', input: { id: randomUUID(), contactId: id, title: `Task of ${n}` } },
    );
    if (n % 2) await stack.request('POST', '/sandbox/texts', { body: { number: NUMBER, phone, body: `Text of ${n}` } });
  }
  return ids;
}

/** Everything that is a contact's own. From the database: the API lets nobody ask this often. */
const stateOf = async (id: string) => {
  const [state] = await stack.rows(
    `select to_jsonb(c) - 'updated_at' as contact,
       (select array_agg(t.name order by t.name) from contact_tags l join tags t on t.id = l.tag_id where l.contact_id = c.id) as tags,
       (select array_agg(body order by body) from notes where contact_id = c.id) as notes,
       (select array_agg(title order by title) from tasks where contact_id = c.id) as tasks,
       (select array_agg(m.body || ' in ' || v.contact_id order by m.body) from messages m join conversations v on v.id = m.conversation_id
         where m.contact_id = c.id) as messages,
       (select array_agg(last_message_preview order by id) from conversations where contact_id = c.id) as conversations
     from contacts c where id = $1`,
    id,
  );
  return state;
};

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('merge' as const), keep: fc.nat(PEOPLE - 1), merge: fc.nat(PEOPLE - 1) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), which: fc.nat(5) }) },
);

test('whatever is merged and taken apart, in whatever order, in the end each has what was its own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), fc.infiniteStream(fc.nat(5)), async (steps, order) => {
      const ids = await makePeople();
      const before = await Promise.all(ids.map(stateOf));
      const live: string[] = [];
      const undo = async (which: number) => {
        const [mergeId] = live.splice(which % live.length, 1);
        const [act] = await stack.rows<{ id: string }>(
          'select act_id as id from contact_merges where id = $1',
          mergeId,
        );
        const [result] = await owner.push({ name: 'activity.undo', input: { id: act?.id } });
        expect(result).toMatchObject({ status: 'accepted' });
      };
      for (const one of steps) {
        if (one.do === 'undo') {
          if (live.length) await undo(one.which);
          continue;
        }
        const [result] = await owner.push({
          name: 'contacts.merge',
          input: { keepId: ids[one.keep], mergeId: ids[one.merge] },
        });
        if (result?.status !== 'accepted') continue;
        const [row] = await stack.rows<{ id: string }>(
          'select id from contact_merges where tenant_id = $1 order by at desc, id desc limit 1',
          owner.tenantId,
        );
        live.push(row?.id ?? '');
      }
      while (live.length) await undo(order.next().value ?? 0);
      expect(await Promise.all(ids.map(stateOf))).toEqual(before);
    }),
    { numRuns: 60, seed: 20_261_121 },
  );
});
