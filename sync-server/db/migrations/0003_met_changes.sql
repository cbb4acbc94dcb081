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
