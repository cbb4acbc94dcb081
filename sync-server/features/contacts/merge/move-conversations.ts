import { sql } from 'drizzle-orm';
import { conversationIdOf } from '../../../../shared/inbox/message.ts';
import type { Act } from '../../../db/act.ts';
import { moveMutes, moveMutesBack, type KeptMute } from './move-mutes.ts';

type Conversation = Record<string, unknown> & { id: string; channel: string; mutes?: KeptMute[] };

/**
 * A contact has one conversation a channel, whose id says so: those of the merged one go into the kept one's, which is made where there is
 * none. Their messages have been moved already. Answers the conversations as they were.
 */
export async function uniteConversations(act: Act, fromId: string, toId: string): Promise<Conversation[]> {
  const { tx, tenantId } = act;
  const { rows } = await tx.execute<{ row: Conversation }>(sql`
    select to_jsonb(v) as row from conversations v where tenant_id = ${tenantId} and contact_id = ${fromId} order by id for update`);
  const kept: Conversation[] = [];
  for (const { row } of rows) {
    const intoId = conversationIdOf(toId, row.channel);
    const made = await tx.execute(sql`
      insert into conversations
      select r.* from jsonb_populate_record(null::conversations, ${JSON.stringify({ ...row, id: intoId, contact_id: toId })}::jsonb) r
      on conflict do nothing returning id`);
    await moveParts(act, row.id, intoId);
    if (!made.rowCount) await unite(act, row, intoId);
    kept.push({ ...row, mutes: await moveMutes(act, row.id, intoId) });
    await tx.execute(sql`delete from conversations where id = ${row.id}`);
  }
  return kept;
}

async function moveParts({ tx, tenantId }: Act, fromId: string, toId: string): Promise<void> {
  for (const table of ['messages', 'tasks', 'notifications'] as const)
    await tx.execute(sql`
      update ${sql.identifier(table)} set conversation_id = ${toId} where tenant_id = ${tenantId} and conversation_id = ${fromId}`);
}

/** Open where either was; waiting since the first that waits; its last message is the later one. */
async function unite({ tx }: Act, row: Conversation, intoId: string): Promise<void> {
  await tx.execute(sql`
    update conversations v set
      status = case when 'OPEN' in (v.status, r.status) then 'OPEN' else v.status end,
      waiting_since = least(v.waiting_since, r.waiting_since),
      phone_number_id = case when r.last_message_at > v.last_message_at or v.phone_number_id is null then r.phone_number_id else v.phone_number_id end,
      last_message_preview = case when r.last_message_at > v.last_message_at or v.last_message_at is null then r.last_message_preview else v.last_message_preview end,
      last_message_direction = case when r.last_message_at > v.last_message_at or v.last_message_at is null then r.last_message_direction else v.last_message_direction end,
      last_message_at = greatest(v.last_message_at, r.last_message_at),
      created_at = least(v.created_at, r.created_at),
      updated_at = greatest(v.updated_at, r.updated_at) + interval '1 millisecond'
    from jsonb_populate_record(null::conversations, ${JSON.stringify(row)}::jsonb) r where v.id = ${intoId}`);
}

/**
 * Gives the merged contact its conversations again with the messages that are its own again. The kept one keeps what has come since; a
 * conversation with nothing in it, which only a merge had made, goes.
 */
export async function divideConversations(
  act: Act,
  was: readonly Record<string, unknown>[],
  keptId: string,
): Promise<void> {
  const { tx, tenantId } = act;
  for (const row of was as readonly Conversation[]) {
    const fromId = conversationIdOf(keptId, row.channel);
    await tx.execute(sql`
      insert into conversations
      select r.* from jsonb_populate_record(null::conversations, ${JSON.stringify(row)}::jsonb) r on conflict do nothing`);
    for (const table of ['messages', 'tasks', 'notifications'] as const)
      await tx.execute(sql`
        update ${sql.identifier(table)} set conversation_id = ${row.id}
        where tenant_id = ${tenantId} and conversation_id = ${fromId} and contact_id = ${String(row['contact_id'])}`);
    await moveMutesBack(act, row.mutes ?? [], fromId, row.id);
    for (const id of [fromId, row.id]) await tellLastMessage(act, id);
    await tx.execute(sql`
      delete from conversations v where id in (${fromId}, ${row.id}) and not exists (select from messages m where m.conversation_id = v.id)`);
  }
}

/** Its last message is the last it has. */
async function tellLastMessage({ tx }: Act, id: string): Promise<void> {
  await tx.execute(sql`
    update conversations v set last_message_at = m.created_at, last_message_preview = left(m.body, 120),
      last_message_direction = m.direction,
      waiting_since = case when m.direction = 'in' then v.waiting_since end,
      updated_at = v.updated_at + interval '1 millisecond'
    from (select created_at, body, direction from messages where conversation_id = ${id} order by created_at desc, id desc limit 1) m
    where v.id = ${id}`);
}
