create table met_changes (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  entity text not null check (entity in ('contact', 'note')),
  entity_id uuid not null,
  contact_id uuid not null references contacts on delete cascade,
  kind text not null check (kind in ('merged', 'overwritten')),
  mine jsonb not null,
  theirs jsonb not null,
  mine_by_id uuid,
  mine_made_at timestamptz(3) not null,
  theirs_by_id uuid,
  theirs_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  resolved_at timestamptz(3),
  resolved_by_id uuid,
  device_id uuid
);
create index met_changes_entity on met_changes (entity_id, device_id);
create index met_changes_contact on met_changes (contact_id);
create index met_changes_tenant on met_changes (tenant_id);
create index met_changes_age on met_changes (created_at);
alter table met_changes replica identity full;
--> statement-breakpoint
-- A receipt that its device has ended belongs to no device any more: it leaves the shape and stays as the memory of the write id.
alter table write_receipts alter column device_id drop not null;
alter table write_receipts add column user_id uuid;
alter table write_receipts add column ended_at timestamptz(3);
create index write_receipts_ended on write_receipts (ended_at) where ended_at is not null;
--> statement-breakpoint
-- A refresh token outlives its person, so that their devices can be told that they were removed.
alter table refresh_tokens drop constraint refresh_tokens_user_id_fkey;
create index refresh_tokens_expiry on refresh_tokens (expires_at);
create index webhook_events_age on webhook_events (received_at);
--> statement-breakpoint
-- As in 0001, but an id that another kind of thing or another tenant has already is refused instead of taking its item over:
-- some of these rows get their id from a desktop.
create or replace function publish_workspace_item() returns trigger language plpgsql as $$
declare
  source jsonb;
  item jsonb := '{}';
  owner uuid;
  arg text;
  key text;
  col text;
begin
  if tg_op = 'DELETE' then
    delete from workspace_items where id = old.id and kind = tg_argv[0];
    return null;
  end if;
  source := to_jsonb(new);
  owner := coalesce((source ->> 'tenant_id')::uuid, new.id);
  foreach arg in array tg_argv[1:] loop
    key := split_part(arg, '=', 1);
    col := split_part(arg, '=', 2);
    item := item || jsonb_build_object(key, case
      when col like '%:instant'
        then to_jsonb((extract(epoch from (source ->> split_part(col, ':', 1))::timestamptz) * 1000)::bigint)
      else source -> col
    end);
  end loop;
  insert into workspace_items (id, tenant_id, kind, body)
  values (new.id, owner, tg_argv[0], item)
  on conflict (id) do update set body = excluded.body
    where workspace_items.body is distinct from excluded.body
      and workspace_items.kind = excluded.kind and workspace_items.tenant_id = excluded.tenant_id;
  if not found and not exists (select from workspace_items where id = new.id and kind = tg_argv[0] and tenant_id = owner) then
    raise exception 'this id belongs to something else' using errcode = 'unique_violation';
  end if;
  return null;
end $$;
