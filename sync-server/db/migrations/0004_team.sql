-- Settings of a workspace. Null: nobody has said, and the app's default holds.
alter table tenants
  add column timezone text,
  add column currency text,
  add column sender_name text,
  add column business_hours jsonb,
  add column brand_color text,
  add column retention jsonb;
alter table users
  add column signature text,
  add column timezone text,
  add column language text,
  add column second_factor boolean not null default false,
  add column password_changed_at timestamptz(3);
-- A device's own id is chosen by the device; `key` is what others call it by.
alter table devices
  add column key uuid not null default gen_random_uuid() unique,
  add column platform text,
  add column app_version text,
  add column ended_at timestamptz(3),
  add column wipe_asked_at timestamptz(3),
  add column wiped_at timestamptz(3);
--> statement-breakpoint
create table second_factors (
  user_id uuid primary key references users on delete cascade,
  tenant_id uuid not null references tenants on delete cascade,
  sealed_secret text not null,
  enabled_at timestamptz(3),
  -- The newest time step that was used: a code counts once.
  last_step bigint,
  created_at timestamptz(3) not null
);
create table recovery_codes (
  user_id uuid not null references users on delete cascade,
  code_hash text not null,
  tenant_id uuid not null references tenants on delete cascade,
  used_at timestamptz(3),
  primary key (user_id, code_hash)
);
create table invitations (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  email text not null,
  role text not null check (role in ('VIEWER', 'AGENT', 'MANAGER', 'ADMIN')),
  token_hash text not null unique,
  invited_by_id uuid not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create unique index invitations_email on invitations (tenant_id, email);
create table password_resets (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  tenant_id uuid not null references tenants on delete cascade,
  token_hash text not null unique,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3)
);
create index password_resets_user on password_resets (user_id);
create index password_resets_age on password_resets (expires_at);
create table api_tokens (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  user_id uuid not null references users on delete cascade,
  kind text not null check (kind in ('personal', 'service')),
  name text not null,
  hint text not null,
  token_hash text not null unique,
  scopes jsonb not null,
  role text check (role in ('VIEWER', 'AGENT', 'MANAGER', 'ADMIN')),
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  last_used_at timestamptz(3),
  check ((kind = 'service') = (role is not null))
);
create index api_tokens_user on api_tokens (user_id);
create index api_tokens_tenant on api_tokens (tenant_id);
-- What a write over REST answered, so that one sent twice is done once. `actor` is the person's or the token's id.
create table idempotency_keys (
  tenant_id uuid not null references tenants on delete cascade,
  actor uuid not null,
  key text not null,
  request_hash text not null,
  reply jsonb not null,
  created_at timestamptz(3) not null,
  primary key (tenant_id, actor, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
--> statement-breakpoint
create table own_items (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  user_id uuid not null references users on delete cascade,
  kind text not null,
  body jsonb not null
);
create index own_items_user on own_items (user_id);
create index own_items_tenant on own_items (tenant_id);
create table admin_items (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  kind text not null,
  body jsonb not null
);
create index admin_items_tenant on admin_items (tenant_id);
create table tasks (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  title text not null,
  body text,
  due_at timestamptz(3),
  all_day boolean not null default false,
  remind_at timestamptz(3),
  owner_id uuid,
  contact_id uuid references contacts on delete cascade,
  conversation_id uuid references conversations on delete set null,
  created_by_id uuid,
  completed_at timestamptz(3),
  completed_by_id uuid,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index tasks_due on tasks (tenant_id, due_at) where completed_at is null;
create index tasks_contact on tasks (contact_id);
create index tasks_conversation on tasks (conversation_id);
create table notifications (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  user_id uuid not null references users on delete cascade,
  kind text not null,
  status text not null check (status in ('UNREAD', 'READ', 'ARCHIVED')),
  contact_id uuid references contacts on delete cascade,
  conversation_id uuid references conversations on delete cascade,
  task_id uuid references tasks on delete cascade,
  params jsonb,
  count integer not null default 1,
  -- Unread ones of one group are one notification that counts.
  group_key text,
  created_at timestamptz(3) not null,
  read_at timestamptz(3)
);
create unique index notifications_group on notifications (user_id, group_key) where status = 'UNREAD' and group_key is not null;
create index notifications_user on notifications (user_id, created_at);
create index notifications_contact on notifications (contact_id);
create index notifications_conversation on notifications (conversation_id);
create index notifications_task on notifications (task_id);
create index notifications_tenant on notifications (tenant_id);
create index notifications_age on notifications (created_at);
--> statement-breakpoint
-- The audit log is added to and never changed. `undo` is the act that takes this one back; `trace_id` ties it to logs and jobs.
alter table audit_log
  add column trace_id text,
  add column contact_id uuid,
  add column records integer,
  add column undo jsonb,
  add column undoes uuid;
create index audit_log_age on audit_log (tenant_id, at);
create index audit_log_contact on audit_log (contact_id, at) where contact_id is not null;
create index audit_log_undoes on audit_log (undoes) where undoes is not null;
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  -- Set for one transaction by the erasure of a person, by retention and by the end of a tenant; each of them adds a row that says so.
  if current_setting('switchboard.audit_change', true) in ('erasure', 'retention', 'tenant') then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete on audit_log for each row execute function refuse_audit_change();
create table acts (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  user_id uuid not null,
  device_name text,
  action text not null,
  entity text not null,
  entity_id uuid,
  contact_id uuid,
  records integer not null default 1,
  before jsonb,
  after jsonb,
  undoable boolean not null default false,
  undo jsonb,
  undone_at timestamptz(3),
  at timestamptz(3) not null
);
create index acts_tenant on acts (tenant_id, at);
create index acts_contact on acts (contact_id, at) where contact_id is not null;
create index acts_age on acts (at);
-- Deleted rows as they were, for the days an act can be taken back.
create table trash (
  id bigint generated always as identity primary key,
  tenant_id uuid not null references tenants on delete cascade,
  act_id uuid not null,
  contact_id uuid,
  table_name text not null,
  row jsonb not null,
  deleted_at timestamptz(3) not null
);
create index trash_act on trash (act_id);
create index trash_contact on trash (contact_id) where contact_id is not null;
create index trash_tenant on trash (tenant_id);
create index trash_age on trash (deleted_at);
-- What remains of an erased person: keyed hashes of the addresses that had opted out, and that somebody was erased.
create table suppressions (
  tenant_id uuid not null references tenants on delete cascade,
  address_hash text not null,
  opted_out_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  primary key (tenant_id, address_hash)
);
create table data_exports (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  asked_by_id uuid not null,
  status text not null check (status in ('waiting', 'running', 'done', 'failed')),
  bytes bigint,
  message text,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3)
);
create index data_exports_tenant on data_exports (tenant_id);
alter table tasks replica identity full;
alter table notifications replica identity full;
alter table acts replica identity full;
alter table own_items replica identity full;
alter table admin_items replica identity full;
--> statement-breakpoint
-- Like publish_workspace_item, for the items of one person or of the administrators.
-- Arguments: own_items or admin_items, the kind, the column of the item's id, then `key=column` or `key=column:instant`.
create function publish_item() returns trigger language plpgsql as $$
declare
  source jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
  item jsonb := '{}';
  item_id uuid := (source ->> tg_argv[2])::uuid;
  arg text;
  col text;
begin
  if tg_op = 'DELETE' then
    execute format('delete from %I where id = $1 and kind = $2', tg_argv[0]) using item_id, tg_argv[1];
    return null;
  end if;
  foreach arg in array tg_argv[3:] loop
    col := split_part(arg, '=', 2);
    item := item || jsonb_build_object(split_part(arg, '=', 1), case
      when col like '%:instant'
        then to_jsonb((extract(epoch from (source ->> split_part(col, ':', 1))::timestamptz) * 1000)::bigint)
      else source -> col
    end);
  end loop;
  if tg_argv[0] = 'own_items' then
    insert into own_items (id, tenant_id, user_id, kind, body)
    values (item_id, (source ->> 'tenant_id')::uuid, (source ->> 'user_id')::uuid, tg_argv[1], item)
    on conflict (id) do update set body = excluded.body
      where own_items.body is distinct from excluded.body and own_items.kind = excluded.kind and own_items.user_id = excluded.user_id;
  else
    insert into admin_items (id, tenant_id, kind, body)
    values (item_id, (source ->> 'tenant_id')::uuid, tg_argv[1], item)
    on conflict (id) do update set body = excluded.body
      where admin_items.body is distinct from excluded.body and admin_items.kind = excluded.kind and admin_items.tenant_id = excluded.tenant_id;
  end if;
  return null;
end $$;
--> statement-breakpoint
drop trigger publish on tenants;
create trigger publish after insert or update or delete on tenants for each row
  execute function publish_workspace_item('tenant', 'name=name', 'country=country', 'messageDays=message_days', 'timezone=timezone',
    'currency=currency', 'senderName=sender_name', 'businessHours=business_hours', 'brandColor=brand_color', 'retention=retention');
drop trigger publish on users;
create trigger publish after insert or update or delete on users for each row
  execute function publish_workspace_item('member', 'name=name', 'email=email', 'role=role', 'active=active', 'signature=signature',
    'timezone=timezone', 'language=language', 'secondFactor=second_factor');
create trigger publish_own after insert or update or delete on devices for each row
  execute function publish_item('own_items', 'device', 'key', 'userId=user_id', 'deviceId=id', 'name=name', 'platform=platform',
    'appVersion=app_version', 'createdAt=created_at:instant', 'lastSeenAt=last_seen_at:instant', 'endedAt=ended_at:instant',
    'wipeAskedAt=wipe_asked_at:instant', 'wipedAt=wiped_at:instant');
create trigger publish_admin after insert or update or delete on devices for each row
  execute function publish_item('admin_items', 'device', 'key', 'userId=user_id', 'deviceId=id', 'name=name', 'platform=platform',
    'appVersion=app_version', 'createdAt=created_at:instant', 'lastSeenAt=last_seen_at:instant', 'endedAt=ended_at:instant',
    'wipeAskedAt=wipe_asked_at:instant', 'wipedAt=wiped_at:instant');
create trigger publish_own after insert or update or delete on api_tokens for each row
  execute function publish_item('own_items', 'token', 'id', 'userId=user_id', 'name=name', 'kind=kind', 'hint=hint', 'scopes=scopes',
    'role=role', 'createdAt=created_at:instant', 'expiresAt=expires_at:instant', 'lastUsedAt=last_used_at:instant');
create trigger publish_admin after insert or update or delete on api_tokens for each row
  execute function publish_item('admin_items', 'token', 'id', 'userId=user_id', 'name=name', 'kind=kind', 'hint=hint', 'scopes=scopes',
    'role=role', 'createdAt=created_at:instant', 'expiresAt=expires_at:instant', 'lastUsedAt=last_used_at:instant');
create trigger publish_admin after insert or update or delete on invitations for each row
  execute function publish_item('admin_items', 'invitation', 'id', 'email=email', 'role=role', 'invitedById=invited_by_id',
    'createdAt=created_at:instant', 'expiresAt=expires_at:instant');
create trigger publish_admin after insert or update or delete on data_exports for each row
  execute function publish_item('admin_items', 'data_export', 'id', 'status=status', 'askedById=asked_by_id',
    'createdAt=created_at:instant', 'bytes=bytes', 'expiresAt=expires_at:instant', 'message=message');
--> statement-breakpoint
update tenants set name = name;
update users set name = name;
update devices set name = name;
