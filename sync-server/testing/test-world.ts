import { randomUUID } from 'node:crypto';
import type { Person, TestStack } from './test-stack.ts';

let numbers = 0;
/** No two of one run. */
const nextNumber = (): string => `+1503${String((numbers += 1)).padStart(7, '0')}`;

/** Things of `owner`'s tenant that operations act upon: one of each kind at least. */
export async function makeWorld(stack: TestStack, owner: Person, agent: Person) {
  const contactId = randomUUID();
  const noteId = randomUUID();
  const importId = randomUUID();
  const messageId = randomUUID();
  await owner.push(
    { name: 'contacts.create', input: { id: contactId, firstName: 'Wanda', phone: '+14155550123', tags: ['vip'] } },
    { name: 'notes.add', input: { id: noteId, contactId, body: 'First' } },
    { name: 'messages.send', input: { id: messageId, contactId, body: 'Hello' } },
    { name: 'imports.start', input: { id: importId, fileName: 'a.csv', total: 1, duplicates: 'merge' } },
  );
  const [conversation] = await stack.rows<{ id: string }>(
    'select id from conversations where contact_id = $1',
    contactId,
  );
  const segmentId = randomUUID();
  const rule = { field: 'tags', op: 'any', names: ['vip'] };
  await owner.push({ name: 'segments.create', input: { id: segmentId, name: 'Very important', rule, kind: 'static' } });
  const taskId = randomUUID();
  const noticeId = randomUUID();
  await owner.push({ name: 'tasks.create', input: { id: taskId, title: 'Call Wanda', contactId } });
  await stack.rows(
    `insert into notifications (id, tenant_id, user_id, kind, status, contact_id, params, created_at)
     values ($1, $2, $3, 'SMS_REPLY', 'UNREAD', $4, '{}', now())`,
    noticeId,
    owner.tenantId,
    owner.userId,
    contactId,
  );
  const numberId = randomUUID();
  await stack.rows(
    `insert into phone_numbers (id, tenant_id, e164, created_at) values ($1, $2, $3, now())`,
    numberId,
    owner.tenantId,
    nextNumber(),
  );
  const member = await stack.join(owner, 'AGENT');
  const [device] = await stack.rows<{ key: string }>('select key from devices where user_id = $1', member.userId);
  const [invitationId, tokenId] = [randomUUID(), randomUUID()];
  await stack.rows(
    `insert into invitations (id, tenant_id, email, role, token_hash, invited_by_id, created_at, expires_at)
     values ($1, $2, $3, 'AGENT', $4, $5, now(), now() + interval '7 days')`,
    invitationId,
    owner.tenantId,
    `${invitationId}@test.example`,
    randomUUID(),
    owner.userId,
  );
  await stack.rows(
    `insert into api_tokens (id, tenant_id, user_id, kind, name, hint, token_hash, scopes, created_at, expires_at)
     values ($1, $2, $3, 'personal', 'Script', 'swb_test', $4, '["contacts:read"]', now(), now() + interval '7 days')`,
    tokenId,
    owner.tenantId,
    owner.userId,
    randomUUID(),
  );
  const setup = await makeSetup(owner, contactId);
  const otherId = randomUUID();
  // One person makes many worlds, and has room for so many views only.
  await stack.rows('delete from contact_views where tenant_id = $1', owner.tenantId);
  const viewId = randomUUID();
  const view = { sort: 'name', order: 'asc', columns: [{ key: 'name' }] };
  await owner.push(
    { name: 'contacts.create', input: { id: otherId, firstName: 'Wanda', company: 'Acme', messengerPsid: otherId } },
    { name: 'contactViews.save', input: { id: viewId, name: 'Mine', view } },
  );
  const [stage] = await stack.rows<{ id: string }>(
    'select id from stages where tenant_id = $1 order by display_order limit 1',
    owner.tenantId,
  );
  const metId = await makeMeeting(stack, owner, agent, contactId);
  const [noted] = await stack.rows<{ id: string }>(
    `select id from acts where action = 'notes.add' and entity_id = $1`,
    noteId,
  );
  return {
    ...setup,
    actId: noted?.id ?? '',
    contactId,
    otherId,
    viewId,
    stageId: stage?.id ?? '',
    taskId,
    segmentId,
    numberId,
    noticeId,
    noteId,
    importId,
    messageId,
    metId,
    memberId: member.userId,
    deviceKey: device?.key ?? '',
    invitationId,
    tokenId,
    conversationId: conversation?.id ?? '',
  };
}

/** What a workspace sets up for its contacts. */
async function makeSetup(owner: Person, contactId: string) {
  const [statusId, automationId, pipelineId, stageId, groupId, attributeId] = Array.from({ length: 6 }, () =>
    randomUUID(),
  ) as [string, string, string, string, string, string];
  const stage = { pipelineId, name: 'First', displayOrder: 0, probability: 10 };
  const automation = { triggerType: 'STATUS_CHANGE', triggerStatus: 'won', targetStatus: 'sold' };
  await owner.push(
    { name: 'leadStatuses.create', input: { id: statusId, name: `Status ${statusId}` } },
    { name: 'statusAutomations.create', input: { id: automationId, name: 'Sell', ...automation } },
    { name: 'pipelines.create', input: { id: pipelineId, name: 'Renewals' } },
    { name: 'stages.create', input: { id: stageId, ...stage } },
    { name: 'groups.create', input: { id: groupId, name: 'Golfers' } },
    { name: 'contacts.addToGroup', input: { groupId, contactIds: [contactId] } },
    {
      name: 'attributes.create',
      input: { id: attributeId, key: `plan ${attributeId}`, label: 'Plan', type: 'text' },
    },
  );
  return { statusId, automationId, pipelineId, stageId, groupId, attributeId, stage };
}

export type World = Awaited<ReturnType<typeof makeWorld>>;

/** A number to text from, without which no message is sent. */
export const addNumber = (stack: TestStack, tenantId: string, e164: string) =>
  stack.rows(
    `insert into phone_numbers (id, tenant_id, e164, created_at) values ($1, $2, $3, now())`,
    randomUUID(),
    tenantId,
    e164,
  );

/** A colleague's edit that the owner's next one overwrites, made on an older state. */
async function makeMeeting(stack: TestStack, owner: Person, agent: Person, contactId: string): Promise<string> {
  const basis = `select (extract(epoch from updated_at) * 1000)::float8 as at from contacts where id = $1`;
  const [row] = await stack.rows<{ at: number }>(basis, contactId);
  await agent.push({ name: 'contacts.update', input: { id: contactId, source: 'Theirs' } });
  const input = { id: contactId, source: 'Mine' };
  await owner.push({ name: 'contacts.update', input, basedOn: { [contactId]: row?.at ?? 0 } });
  const [met] = await stack.rows<{ id: string }>('select id from met_changes where contact_id = $1', contactId);
  return met?.id ?? '';
}
