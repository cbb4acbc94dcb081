create extension if not exists pg_trgm;
--> statement-breakpoint
create table server_secrets (
  name text primary key,
  value text not null
);
--> statement-breakpoint
create table tenants (
  id uuid primary key,
  name text not null,
  country text not null,
  created_at timestamptz(3) not null
);
--> statement-breakpoint
create table users (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  email text not null unique,
  name text not null,
  role text not null check (role in ('VIEWER', 'AGENT', 'MANAGER', 'ADMIN', 'OWNER')),
  active boolean not null default true,
  password_hash text not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index users_tenant on users (tenant_id);
--> statement-breakpoint
create table devices (
  id uuid not null,
  user_id uuid not null references users on delete cascade,
  tenant_id uuid not null references tenants on delete cascade,
  name text not null,
  created_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  primary key (user_id, id)
);
--> statement-breakpoint
create table refresh_tokens (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  user_id uuid not null references users on delete cascade,
  device_id uuid not null,
  token_hash text not null unique,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  ended_at timestamptz(3)
);
create index refresh_tokens_of_device on refresh_tokens (user_id, device_id);
--> statement-breakpoint
create table phone_numbers (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  e164 text not null unique,
  label text,
  created_at timestamptz(3) not null
);
create index phone_numbers_tenant on phone_numbers (tenant_id);
--> statement-breakpoint
create table contacts (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  first_name text,
  last_name text,
  company text,
  email text,
  phone text,
  lead_score integer,
  lead_status text,
  owner_id uuid,
  source text,
  locale text,
  timezone text,
  attributes jsonb,
  opted_out_at timestamptz(3),
  last_interaction_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  name_key text collate "C" not null,
  search text not null,
  import_id uuid
);
create index contacts_phone on contacts (tenant_id, phone) where phone is not null;
create index contacts_email on contacts (tenant_id, lower(email)) where email is not null;
create index contacts_name on contacts (tenant_id, name_key, id);
create index contacts_import on contacts (import_id) where import_id is not null;
create index contacts_search on contacts using gin (search gin_trgm_ops);
--> statement-breakpoint
create table tags (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  name text not null,
  created_at timestamptz(3) not null
);
create index tags_tenant on tags (tenant_id);
--> statement-breakpoint
create table contact_tags (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  contact_id uuid not null references contacts on delete cascade,
  tag_id uuid not null references tags on delete cascade,
  created_at timestamptz(3) not null
);
create index contact_tags_contact on contact_tags (contact_id);
create index contact_tags_tag on contact_tags (tag_id);
--> statement-breakpoint
create table notes (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  contact_id uuid not null references contacts on delete cascade,
  author_id uuid,
  body text not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index notes_contact on notes (contact_id);
--> statement-breakpoint
create table conversations (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  contact_id uuid not null references contacts on delete cascade,
  channel text not null,
  phone_number_id uuid,
  status text not null,
  last_message_at timestamptz(3),
  last_message_preview text,
  last_message_direction text,
  waiting_since timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index conversations_contact on conversations (contact_id);
create index conversations_tenant on conversations (tenant_id, last_message_at);
--> statement-breakpoint
create table messages (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  conversation_id uuid not null references conversations on delete cascade,
  contact_id uuid not null references contacts on delete cascade,
  channel text not null,
  direction text not null,
  body text not null,
  status text not null,
  failure text,
  from_address text,
  to_address text,
  author_id uuid,
  created_at timestamptz(3) not null,
  sent_at timestamptz(3),
  delivered_at timestamptz(3),
  vendor_id text
);
create index messages_conversation on messages (conversation_id, created_at);
create index messages_contact on messages (contact_id);
create unique index messages_vendor on messages (vendor_id) where vendor_id is not null;
--> statement-breakpoint
create table import_jobs (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  file_name text not null,
  status text not null check (status in ('receiving', 'running', 'paused', 'done', 'failed')),
  duplicates text not null,
  total integer not null,
  processed integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  skipped integer not null default 0,
  message text,
  started_by_id uuid not null,
  undone boolean not null default false,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index import_jobs_tenant on import_jobs (tenant_id);
--> statement-breakpoint
create table import_rows (
  import_id uuid not null references import_jobs on delete cascade,
  part integer not null,
  tenant_id uuid not null references tenants on delete cascade,
  row_count integer not null,
  rows jsonb not null,
  done boolean not null default false,
  primary key (import_id, part)
);
--> statement-breakpoint
create table import_problems (
  import_id uuid not null references import_jobs on delete cascade,
  "row" integer not null,
  tenant_id uuid not null references tenants on delete cascade,
  reason text not null,
  primary key (import_id, "row")
);
--> statement-breakpoint
create table webhook_events (
  id uuid primary key,
  tenant_id uuid references tenants on delete cascade,
  vendor text not null,
  kind text not null,
  vendor_event_id text not null,
  payload jsonb not null,
  received_at timestamptz(3) not null,
  unique (vendor, kind, vendor_event_id)
);
create index webhook_events_tenant on webhook_events (tenant_id);
--> statement-breakpoint
create table workspace_items (
  id uuid primary key,
  tenant_id uuid not null,
  kind text not null,
  body jsonb not null
);
create index workspace_items_tenant on workspace_items (tenant_id);
--> statement-breakpoint
create table write_receipts (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  device_id uuid not null,
  name text not null,
  status text not null check (status in ('accepted', 'refused')),
  code text,
  message text,
  details jsonb,
  txid text not null,
  created_at timestamptz(3) not null
);
create index write_receipts_of_device on write_receipts (tenant_id, device_id, created_at);
--> statement-breakpoint
create table audit_log (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  user_id uuid,
  device_id uuid,
  action text not null,
  entity text not null,
  entity_id uuid,
  before jsonb,
  after jsonb,
  at timestamptz(3) not null
);
create index audit_log_entity on audit_log (tenant_id, entity, entity_id, at);
--> statement-breakpoint
alter table workspace_items replica identity full;
alter table contacts replica identity full;
alter table contact_tags replica identity full;
alter table notes replica identity full;
alter table conversations replica identity full;
alter table messages replica identity full;
alter table write_receipts replica identity full;
