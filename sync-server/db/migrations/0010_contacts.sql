-- Statuses, pipelines, groups and attributes that a tenant defines for itself, and what a contact tells of its own past.
create table lead_statuses (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants on delete cascade,
  -- What contacts.lead_status holds; never changed.
  key text not null check (key ~ '^[a-z0-9]+(_[a-z0-9]+)*$' and length(key) <= 60),
  name text not null,
  description text,
  color text not null check (color ~ '^#[0-9a-f]{6}$'),
  display_order integer not null,
  is_active boolean not null default true,
  is_system boolean not null default false,
  metadata jsonb,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  unique (tenant_id, key)
);
create table pipelines (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  name text not null,
  display_order integer not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index pipelines_tenant on pipelines (tenant_id);
create table stages (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  pipeline_id uuid not null references pipelines on delete cascade,
  name text not null,
  display_order integer not null,
  -- That a contact here buys, in percent.
  probability integer not null check (probability between 0 and 100),
  color text check (color ~ '^#[0-9a-f]{6}$'),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  unique (id, pipeline_id)
);
create index stages_pipeline on stages (pipeline_id);
create index stages_tenant on stages (tenant_id);
create table contact_groups (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  name text not null,
  description text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index contact_groups_tenant on contact_groups (tenant_id);
create table segments (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  name text not null,
  description text,
  kind text not null check (kind in ('dynamic', 'static')),
  -- See shared/segments/segment.ts. Of a static one: what its members were chosen by.
  rule jsonb not null,
  created_by_id uuid,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index segments_tenant on segments (tenant_id);
create table attribute_definitions (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  key text not null,
  label text not null,
  type text not null check (type in ('text', 'number', 'date', 'choice', 'boolean', 'object')),
  choices jsonb,
  display_order integer not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  unique (tenant_id, key)
);
create table facebook_pages (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  meta_page_id text not null,
  name text not null,
  auto_pipeline_id uuid references pipelines on delete set null,
  auto_pipeline_mode text not null default 'SKIP_EXISTING' check (auto_pipeline_mode in ('SKIP_EXISTING', 'UPDATE_EXISTING')),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  unique (tenant_id, meta_page_id)
);
create table contact_views (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  user_id uuid not null references users on delete cascade,
  name text not null,
  view jsonb not null,
  display_order integer not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index contact_views_user on contact_views (user_id);
create index contact_views_tenant on contact_views (tenant_id);
--> statement-breakpoint
alter table contacts
  add column messenger_psid text,
  add column instagram_sid text,
  add column profile_pic_url text,
  add column has_messenger boolean,
  add column has_instagram boolean,
  add column facebook_page_id uuid references facebook_pages on delete set null,
  add column pipeline_id uuid,
  add column stage_id uuid,
  add column stage_entered_at timestamptz(3),
  add column status_entered_at timestamptz(3),
  add column sentiment text check (sentiment in ('hot', 'cold', 'ghosted', 'unsure')),
  add column estimated_revenue_cents bigint check (estimated_revenue_cents >= 0),
  add column actual_revenue_cents bigint check (actual_revenue_cents >= 0),
  add column emergency boolean,
  add column keywords jsonb,
  add column ai_context text,
  add column ai_context_updated_at timestamptz(3),
  -- Until when they agreed, by purpose; 9999-12-31 without an end. What they agreed to, when and how is in consents.
  add column marketing_consent_until timestamptz(3),
  add column automated_consent_until timestamptz(3),
  add column opt_out_method text,
  add column opt_out_reason text,
  add column do_not_call_at timestamptz(3),
  add column last_inbound_at timestamptz(3),
  add column last_outbound_at timestamptz(3),
  add constraint contacts_stage foreign key (stage_id, pipeline_id) references stages (id, pipeline_id)
    on update cascade on delete set null;
create index contacts_stage on contacts (tenant_id, stage_id) where stage_id is not null;
create index contacts_status on contacts (tenant_id, lead_status, status_entered_at);
create index contacts_score on contacts (tenant_id, lead_score) where lead_score is not null;
create index contacts_created on contacts (tenant_id, created_at);
create index contacts_page on contacts (facebook_page_id) where facebook_page_id is not null;
-- One person of a page is one contact, however many devices make them.
create unique index contacts_psid on contacts (tenant_id, messenger_psid, coalesce(facebook_page_id, tenant_id))
  where messenger_psid is not null;
create unique index contacts_instagram on contacts (tenant_id, instagram_sid, coalesce(facebook_page_id, tenant_id))
  where instagram_sid is not null;
create index tags_name on tags (tenant_id, name);
create table group_members (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  contact_id uuid not null references contacts on delete cascade,
  -- A group, or a static segment.
  group_id uuid not null,
  created_at timestamptz(3) not null
);
create index group_members_contact on group_members (contact_id);
create index group_members_group on group_members (group_id);
create index group_members_tenant on group_members (tenant_id);
alter table group_members replica identity full;
--> statement-breakpoint
-- What changed of a contact, field by field, whichever road it came: people, imports, automations, jobs. Kept as long as the contact.
create table contact_changes (
  id bigint generated by default as identity primary key,
  tenant_id uuid not null references tenants on delete cascade,
  contact_id uuid not null references contacts on delete cascade,
  field text not null,
  before jsonb,
  after jsonb,
  at timestamptz(3) not null,
  user_id uuid,
  device_id uuid,
  -- Who it was where it was no person: {kind: 'automation' | 'import' | 'merge' | …, id}.
  cause jsonb,
  -- What a person said about it.
  note text,
  -- The act of the audit log, where one act changed many contacts.
  act_id uuid
);
create index contact_changes_contact on contact_changes (contact_id, at, id);
create index contact_changes_act on contact_changes (act_id) where act_id is not null;
create index contact_changes_tenant on contact_changes (tenant_id);
-- Agreements and their ends, one after the other. Never changed: the next row says what holds from then on.
create table consents (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  contact_id uuid not null references contacts on delete cascade,
  act text not null check (act in ('given', 'withdrawn', 'opted_out', 'opted_in')),
  -- Of 'given' and 'withdrawn': what for.
  purpose text check (purpose in ('marketing', 'automated')),
  -- How it was given: in writing with a signature, aloud, by a form, …
  kind text,
  source text,
  evidence text,
  method text,
  reason text,
  given_at timestamptz(3) not null,
  expires_at timestamptz(3),
  user_id uuid,
  device_id uuid,
  cause jsonb,
  created_at timestamptz(3) not null
);
create index consents_contact on consents (contact_id, given_at);
create index consents_tenant on consents (tenant_id);
create table contact_visits (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  contact_id uuid not null references contacts on delete cascade,
  url text not null,
  referrer text,
  ip inet,
  user_agent text,
  metadata jsonb,
  booking_id uuid,
  at timestamptz(3) not null
);
create index contact_visits_contact on contact_visits (contact_id, at);
create index contact_visits_tenant on contact_visits (tenant_id, at);
create function refuse_history_change() returns trigger language plpgsql as $$
begin
  -- A merge moves history to the contact that is kept, and erasure by retention is told of elsewhere.
  if (to_jsonb(old) - 'contact_id') = (to_jsonb(new) - 'contact_id') then return new; end if;
  raise exception 'history is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update on contact_changes for each row execute function refuse_history_change();
create trigger append_only before update on consents for each row execute function refuse_history_change();
--> statement-breakpoint
create function keep_contact_times() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.stage_id is not null then new.stage_entered_at := coalesce(new.stage_entered_at, new.updated_at); end if;
    if new.lead_status is not null then new.status_entered_at := coalesce(new.status_entered_at, new.updated_at); end if;
    return new;
  end if;
  if new.stage_id is distinct from old.stage_id then
    new.stage_entered_at := case when new.stage_id is null then null else new.updated_at end;
  end if;
  if new.lead_status is distinct from old.lead_status then
    new.status_entered_at := case when new.lead_status is null then null else new.updated_at end;
  end if;
  -- The contact left its pipeline with the stage that was deleted under it.
  if new.stage_id is null then new.pipeline_id := null; end if;
  return new;
end $$;
create trigger keep_times before insert or update of stage_id, lead_status on contacts
  for each row execute function keep_contact_times();
-- Who acts is told by the transaction: switchboard.actor holds {userId, deviceId, at, cause, note, actId}; switchboard.history = 'off' where
-- rows are put back or moved whole.
create function history_actor() returns jsonb language sql stable as $$
  select coalesce(nullif(current_setting('switchboard.actor', true), '')::jsonb, '{}')
$$;
create function keep_contact_history() returns trigger language plpgsql as $$
declare
  actor jsonb := history_actor();
begin
  if current_setting('switchboard.history', true) = 'off' then return null; end if;
  insert into contact_changes (tenant_id, contact_id, field, before, after, at, user_id, device_id, cause, note, act_id)
  select n.tenant_id, n.id, f.field, nullif(f.before, 'null'), nullif(f.after, 'null'), n.updated_at, (actor ->> 'userId')::uuid,
    (actor ->> 'deviceId')::uuid, actor -> 'cause', actor ->> 'note', (actor ->> 'actId')::uuid
  from new_rows n join old_rows o on o.id = n.id
  cross join lateral (
    select 'firstName' as field, to_jsonb(o.first_name) as before, to_jsonb(n.first_name) as after
      where o.first_name is distinct from n.first_name
    union all select 'lastName', to_jsonb(o.last_name), to_jsonb(n.last_name) where o.last_name is distinct from n.last_name
    union all select 'company', to_jsonb(o.company), to_jsonb(n.company) where o.company is distinct from n.company
    union all select 'email', to_jsonb(o.email), to_jsonb(n.email) where o.email is distinct from n.email
    union all select 'phone', to_jsonb(o.phone), to_jsonb(n.phone) where o.phone is distinct from n.phone
    union all select 'leadScore', to_jsonb(o.lead_score), to_jsonb(n.lead_score) where o.lead_score is distinct from n.lead_score
    union all select 'leadStatus', to_jsonb(o.lead_status), to_jsonb(n.lead_status) where o.lead_status is distinct from n.lead_status
    union all select 'ownerId', to_jsonb(o.owner_id), to_jsonb(n.owner_id) where o.owner_id is distinct from n.owner_id
    union all select 'source', to_jsonb(o.source), to_jsonb(n.source) where o.source is distinct from n.source
    union all select 'locale', to_jsonb(o.locale), to_jsonb(n.locale) where o.locale is distinct from n.locale
    union all select 'timezone', to_jsonb(o.timezone), to_jsonb(n.timezone) where o.timezone is distinct from n.timezone
    union all select 'attributes', o.attributes, n.attributes where o.attributes is distinct from n.attributes
    union all select 'messengerPsid', to_jsonb(o.messenger_psid), to_jsonb(n.messenger_psid) where o.messenger_psid is distinct from n.messenger_psid
    union all select 'instagramSid', to_jsonb(o.instagram_sid), to_jsonb(n.instagram_sid) where o.instagram_sid is distinct from n.instagram_sid
    union all select 'profilePicUrl', to_jsonb(o.profile_pic_url), to_jsonb(n.profile_pic_url) where o.profile_pic_url is distinct from n.profile_pic_url
    union all select 'hasMessenger', to_jsonb(o.has_messenger), to_jsonb(n.has_messenger) where o.has_messenger is distinct from n.has_messenger
    union all select 'hasInstagram', to_jsonb(o.has_instagram), to_jsonb(n.has_instagram) where o.has_instagram is distinct from n.has_instagram
    union all select 'facebookPageId', to_jsonb(o.facebook_page_id), to_jsonb(n.facebook_page_id) where o.facebook_page_id is distinct from n.facebook_page_id
    union all select 'stageId', to_jsonb(o.stage_id), to_jsonb(n.stage_id) where o.stage_id is distinct from n.stage_id
    union all select 'sentiment', to_jsonb(o.sentiment), to_jsonb(n.sentiment) where o.sentiment is distinct from n.sentiment
    union all select 'estimatedRevenueCents', to_jsonb(o.estimated_revenue_cents), to_jsonb(n.estimated_revenue_cents)
      where o.estimated_revenue_cents is distinct from n.estimated_revenue_cents
    union all select 'actualRevenueCents', to_jsonb(o.actual_revenue_cents), to_jsonb(n.actual_revenue_cents)
      where o.actual_revenue_cents is distinct from n.actual_revenue_cents
    union all select 'emergency', to_jsonb(o.emergency), to_jsonb(n.emergency) where o.emergency is distinct from n.emergency
    union all select 'keywords', o.keywords, n.keywords where o.keywords is distinct from n.keywords
    union all select 'optedOutAt', to_jsonb(o.opted_out_at), to_jsonb(n.opted_out_at) where o.opted_out_at is distinct from n.opted_out_at
    union all select 'doNotCallAt', to_jsonb(o.do_not_call_at), to_jsonb(n.do_not_call_at) where o.do_not_call_at is distinct from n.do_not_call_at
  ) f;
  return null;
end $$;
create trigger keep_history after update on contacts referencing old table as old_rows new table as new_rows
  for each statement execute function keep_contact_history();
create function keep_tag_history() returns trigger language plpgsql as $$
declare
  actor jsonb := history_actor();
  given boolean := tg_op = 'INSERT';
begin
  if current_setting('switchboard.history', true) = 'off' then return null; end if;
  -- Tags that a contact began with are no change, nor are those that went with it.
  insert into contact_changes (tenant_id, contact_id, field, before, after, at, user_id, device_id, cause, note, act_id)
  select r.tenant_id, r.contact_id, 'tag', case when not given then to_jsonb(coalesce(t.name, '?')) end,
    case when given then to_jsonb(t.name) end, case when given then r.created_at else coalesce((actor ->> 'at')::timestamptz, transaction_timestamp()) end,
    (actor ->> 'userId')::uuid, (actor ->> 'deviceId')::uuid, actor -> 'cause', actor ->> 'note', (actor ->> 'actId')::uuid
  from changed_rows r join contacts c on c.id = r.contact_id left join tags t on t.id = r.tag_id
  where not given or c.created_at < r.created_at;
  return null;
end $$;
create trigger keep_history after insert on contact_tags referencing new table as changed_rows
  for each statement execute function keep_tag_history();
create trigger keep_history_gone after delete on contact_tags referencing old table as changed_rows
  for each statement execute function keep_tag_history();
create function keep_group_history() returns trigger language plpgsql as $$
declare
  actor jsonb := history_actor();
  given boolean := tg_op = 'INSERT';
begin
  if current_setting('switchboard.history', true) = 'off' then return null; end if;
  insert into contact_changes (tenant_id, contact_id, field, before, after, at, user_id, device_id, cause, note, act_id)
  select r.tenant_id, r.contact_id, 'group', case when not given then to_jsonb(g.name) end, case when given then to_jsonb(g.name) end,
    case when given then r.created_at else coalesce((actor ->> 'at')::timestamptz, transaction_timestamp()) end, (actor ->> 'userId')::uuid, (actor ->> 'deviceId')::uuid,
    actor -> 'cause', actor ->> 'note', (actor ->> 'actId')::uuid
  from changed_rows r join contacts c on c.id = r.contact_id join contact_groups g on g.id = r.group_id
  where not given or c.created_at < r.created_at;
  return null;
end $$;
create trigger keep_history after insert on group_members referencing new table as changed_rows
  for each statement execute function keep_group_history();
create trigger keep_history_gone after delete on group_members referencing old table as changed_rows
  for each statement execute function keep_group_history();
-- Members go with their group or segment.
create function end_members() returns trigger language plpgsql as $$
begin
  delete from group_members where group_id = old.id and tenant_id = old.tenant_id;
  return old;
end $$;
create trigger end_members before delete on contact_groups for each row execute function end_members();
create trigger end_members before delete on segments for each row execute function end_members();
--> statement-breakpoint
create trigger publish after insert or update or delete on lead_statuses for each row
  execute function publish_workspace_item('lead_status', 'key=key', 'name=name', 'description=description', 'color=color',
    'displayOrder=display_order', 'isActive=is_active', 'isSystem=is_system', 'metadata=metadata');
create trigger publish after insert or update or delete on pipelines for each row
  execute function publish_workspace_item('pipeline', 'name=name', 'displayOrder=display_order');
create trigger publish after insert or update or delete on stages for each row
  execute function publish_workspace_item('stage', 'pipelineId=pipeline_id', 'name=name', 'displayOrder=display_order',
    'probability=probability', 'color=color');
create trigger publish after insert or update or delete on contact_groups for each row
  execute function publish_workspace_item('group', 'name=name', 'description=description');
create trigger publish after insert or update or delete on segments for each row
  execute function publish_workspace_item('segment', 'name=name', 'description=description', 'kind=kind', 'rule=rule',
    'createdById=created_by_id', 'createdAt=created_at:instant', 'updatedAt=updated_at:instant');
create trigger publish after insert or update or delete on attribute_definitions for each row
  execute function publish_workspace_item('attribute', 'key=key', 'label=label', 'type=type', 'choices=choices',
    'displayOrder=display_order');
create trigger publish after insert or update or delete on facebook_pages for each row
  execute function publish_workspace_item('facebook_page', 'metaPageId=meta_page_id', 'name=name', 'autoPipelineId=auto_pipeline_id',
    'autoPipelineMode=auto_pipeline_mode');
create trigger publish_own after insert or update or delete on contact_views for each row
  execute function publish_item('own_items', 'contact_view', 'id', 'name=name', 'view=view', 'displayOrder=display_order',
    'createdAt=created_at:instant', 'updatedAt=updated_at:instant');
--> statement-breakpoint
-- What every tenant begins with. The statuses of the first version are among them.
create function begin_tenant() returns trigger language plpgsql as $$
declare
  sales uuid := gen_random_uuid();
begin
  insert into lead_statuses (tenant_id, key, name, color, display_order, is_system, created_at, updated_at)
  select new.id, s.key, s.name, s.color, s.display_order, s.is_system, new.created_at, new.created_at
  from (values
    ('new', 'New', '#3b6fd4', 0, false),
    ('contacted', 'Contacted', '#2f7f86', 1, false),
    ('contact_made', 'Contact made', '#2f8a5b', 2, true),
    ('qualified', 'Qualified', '#6d5bd0', 3, false),
    ('appointment_scheduled', 'Appointment scheduled', '#8a5a00', 4, true),
    ('sold', 'Sold', '#1f7a3d', 5, true),
    ('won', 'Won', '#1f7a3d', 6, false),
    ('lost', 'Lost', '#6b7280', 7, false),
    ('paused', 'Paused', '#6b7280', 8, true),
    ('dnc', 'Do not call', '#c8372b', 9, true)
  ) s(key, name, color, display_order, is_system)
  on conflict do nothing;
  insert into pipelines (id, tenant_id, name, display_order, created_at, updated_at)
  values (sales, new.id, 'Sales', 0, new.created_at, new.created_at);
  insert into stages (id, tenant_id, pipeline_id, name, display_order, probability, created_at, updated_at)
  select gen_random_uuid(), new.id, sales, s.name, s.display_order, s.probability, new.created_at, new.created_at
  from (values ('New lead', 0, 10), ('Contacted', 1, 20), ('Qualified', 2, 40), ('Quote sent', 3, 60), ('Won', 4, 100), ('Lost', 5, 0))
    s(name, display_order, probability);
  return null;
end $$;
create trigger begin_tenant after insert on tenants for each row execute function begin_tenant();
--> statement-breakpoint
-- Tenants that are there already begin with the same.
create trigger begin_tenant_now after update on tenants for each row execute function begin_tenant();
update tenants set name = name;
drop trigger begin_tenant_now on tenants;
update contacts set status_entered_at = created_at where lead_status is not null and status_entered_at is null;
update contacts c set last_inbound_at = m.inbound, last_outbound_at = m.outbound
from (select contact_id, max(created_at) filter (where direction = 'in') as inbound,
  max(created_at) filter (where direction = 'out') as outbound from messages group by contact_id) m
where m.contact_id = c.id;
