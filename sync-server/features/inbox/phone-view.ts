import type { Pool } from '../../db/pool.ts';

/** What a customer's phone would show, across all tenants: for the carrier sandbox and nothing else. */
export const createPhoneView = (pool: Pool) => ({
  async listNumbers(): Promise<{ e164: string; tenantName: string }[]> {
    const { rows } = await pool.query<{ e164: string; tenantName: string }>(
      `select n.e164, t.name as "tenantName" from phone_numbers n join tenants t on t.id = n.tenant_id
       order by n.created_at, n.e164 limit 200`,
    );
    return rows;
  },

  async listPhones(number: string): Promise<{ phone: string; name: string }[]> {
    const { rows } = await pool.query<{ phone: string; name: string }>(
      `select c.phone, coalesce(nullif(concat_ws(' ', c.first_name, c.last_name), ''), c.phone) as name
       from conversations v join contacts c on c.id = v.contact_id join phone_numbers n on n.id = v.phone_number_id
       where n.e164 = $1 and c.phone is not null order by v.last_message_at desc nulls last limit 50`,
      [number],
    );
    return rows;
  },

  async listTexts(number: string, phone: string) {
    const { rows } = await pool.query<{
      id: string;
      direction: 'in' | 'out';
      body: string;
      status: string;
      failure: string | null;
      createdAt: string;
    }>(
      `select * from (
         select m.id, m.direction, m.body, m.status, m.failure,
           (extract(epoch from m.created_at) * 1000)::bigint as "createdAt"
         from messages m join phone_numbers n on n.tenant_id = m.tenant_id
         where n.e164 = $1 and ((m.from_address = $1 and m.to_address = $2) or (m.from_address = $2 and m.to_address = $1))
           and m.contact_id in (select id from contacts c where c.tenant_id = n.tenant_id and c.phone = $2)
         order by m.created_at desc, m.id desc limit 200) as newest
       order by "createdAt", id`,
      [number, phone],
    );
    return rows.map((row) => ({ ...row, createdAt: Number(row.createdAt) }));
  },
});
