-- What moves contacts from one lead status to another by itself.
create table status_automations (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  name text not null,
  trigger_type text not null check (trigger_type in ('TIME_BASED', 'STATUS_CHANGE')),
  -- Statuses by key. Of TIME_BASED: null is anybody who has a status.
  from_status text,
  time_value integer check (time_value > 0),
  time_unit text check (time_unit in ('MINUTES', 'HOURS', 'DAYS')),
  trigger_status text,
  target_status text not null,
  -- {rule, campaignIds, journeyIds}, see shared/statuses/status-automation.ts.
  conditions jsonb,
  is_active boolean not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  check (case trigger_type
    when 'TIME_BASED' then time_value is not null and time_unit is not null and trigger_status is null
    else time_value is null and time_unit is null and trigger_status is not null and from_status is null end)
);
create index status_automations_tenant on status_automations (tenant_id);
-- One for each contact that an automation will come to, and when. entered_at is since when the contact has the status that it counts from:
-- a timer whose contact has another one by now is void.
create table status_timers (
  automation_id uuid not null references status_automations on delete cascade,
  contact_id uuid not null references contacts on delete cascade,
  tenant_id uuid not null references tenants on delete cascade,
  entered_at timestamptz(3) not null,
  due_at timestamptz(3) not null,
  primary key (automation_id, contact_id)
);
create index status_timers_due on status_timers (tenant_id, due_at);
create index status_timers_contact on status_timers (contact_id);
-- Contacts that got a status which sets something off. Taken away again at the end of the same transaction.
create table status_arrivals (
  id bigint generated always as identity primary key,
  tenant_id uuid not null references tenants on delete cascade,
  contact_id uuid not null references contacts on delete cascade,
  status text not null,
  -- The act on many contacts that gave it them: what follows is taken back with it.
  act_id uuid
);
create index status_arrivals_tenant on status_arrivals (tenant_id);
create index status_arrivals_contact on status_arrivals (contact_id);
-- What automations did, and why they did not. Outlives its automation.
create table status_firings (
  id uuid primary key default uuidv7(),
  tenant_id uuid not null references tenants on delete cascade,
  automation_id uuid not null,
  automation_name text not null,
  contact_id uuid not null references contacts on delete cascade,
  at timestamptz(3) not null,
  due_at timestamptz(3),
  outcome text not null check (outcome in ('moved', 'skipped', 'stopped', 'failed')),
  reason text,
  from_status text,
  to_status text not null
);
create index status_firings_tenant on status_firings (tenant_id, at, id);
create index status_firings_automation on status_firings (automation_id, at);
create index status_firings_contact on status_firings (contact_id, at);
create index status_firings_age on status_firings (at);
create trigger publish after insert or update or delete on status_automations for each row
  execute function publish_workspace_item('status_automation', 'name=name', 'triggerType=trigger_type', 'fromStatus=from_status',
    'timeValue=time_value', 'timeUnit=time_unit', 'triggerStatus=trigger_status', 'targetStatus=target_status',
    'conditions=conditions', 'isActive=is_active');
--> statement-breakpoint
-- Minutes and hours pass; days are those of the calendar, at the same time of day. A time of day that the clocks skip is an hour later.
create function status_due_at(entered timestamptz, amount integer, unit text, zone text) returns timestamptz language sql stable as $$
  select case unit
    when 'MINUTES' then entered + make_interval(mins => amount)
    when 'HOURS' then entered + make_interval(hours => amount)
    else ((entered at time zone coalesce(zone, 'UTC')) + make_interval(days => amount)) at time zone coalesce(zone, 'UTC')
  end
$$;
-- Tells the end of the transaction that contacts wait for automations, and when the first of the new timers is due.
create function tell_statuses(arrived boolean, due timestamptz) returns void language plpgsql as $$
declare
  told timestamptz := nullif(current_setting('switchboard.timer_due', true), '')::timestamptz;
begin
  if arrived then perform set_config('switchboard.arrived', 'on', true); end if;
  if due is not null and (told is null or due < told) then
    perform set_config('switchboard.timer_due', due::text, true);
  end if;
end $$;
-- Contacts of one tenant that have just got the status they have, or lost theirs: they wait anew, or set something off.
create function follow_statuses(moved uuid[]) returns void language plpgsql as $$
declare
  soonest timestamptz;
  arrived boolean := false;
begin
  delete from status_timers where contact_id = any(moved);
  with made as (
    insert into status_timers (automation_id, contact_id, tenant_id, entered_at, due_at)
    select a.id, c.id, c.tenant_id, c.status_entered_at, status_due_at(c.status_entered_at, a.time_value, a.time_unit, t.timezone)
    from contacts c
    join tenants t on t.id = c.tenant_id
    join status_automations a on a.tenant_id = c.tenant_id and a.is_active and a.trigger_type = 'TIME_BASED'
      and (a.from_status is null or a.from_status = c.lead_status) and a.target_status <> c.lead_status
    where c.id = any(moved) and c.lead_status is not null and c.status_entered_at is not null
    on conflict do nothing
    returning due_at
  ) select min(due_at) into soonest from made;
  -- Rows that are put back or moved whole are no news either.
  if coalesce(current_setting('switchboard.status_automations', true), '') <> 'off'
    and coalesce(current_setting('switchboard.history', true), '') <> 'off' then
    insert into status_arrivals (tenant_id, contact_id, status, act_id)
    select c.tenant_id, c.id, c.lead_status, (history_actor() ->> 'actId')::uuid from contacts c
    where c.id = any(moved)
      and exists (select from status_automations a where a.tenant_id = c.tenant_id and a.is_active and a.trigger_status = c.lead_status);
    arrived := found;
  end if;
  perform tell_statuses(arrived, soonest);
end $$;
-- Whichever road a status comes by: people, imports, bulk acts, automations, the trash. Plans are kept from the first, small statement
-- on, so none of these may depend on how many rows there are: `except` and `= any` do not.
-- Whoever turns an automation on waits for the changes under way and keeps others waiting: it sees either, or they see it.
create function hold_statuses(tenant uuid) returns void language sql as $$
  select pg_advisory_xact_lock_shared(hashtextextended('status automations ' || tenant, 0))
$$;
create function follow_new_contacts() returns trigger language plpgsql as $$
begin
  perform hold_statuses(t.tenant_id) from (select distinct tenant_id from new_rows where lead_status is not null) t;
  if exists (select from status_automations a where a.is_active and a.tenant_id in (select tenant_id from new_rows)) then
    perform follow_statuses(array(select id from new_rows where lead_status is not null));
  end if;
  return null;
end $$;
create trigger follow_new_statuses after insert on contacts referencing new table as new_rows
  for each statement execute function follow_new_contacts();
create function follow_changed_contacts() returns trigger language plpgsql as $$
declare
  moved uuid[] := array(select m.id from (select id, lead_status from new_rows except select id, lead_status from old_rows) m);
begin
  if moved = '{}' then return null; end if;
  perform hold_statuses(t.tenant_id) from (select distinct tenant_id from new_rows) t;
  if exists (select from status_automations a where a.tenant_id in (select tenant_id from new_rows)) then
    perform follow_statuses(moved);
  end if;
  return null;
end $$;
create trigger follow_statuses after update on contacts referencing old table as old_rows new table as new_rows
  for each statement execute function follow_changed_contacts();
-- For the same reason: its plan of one row made five thousand rows twenty-five million comparisons.
alter function keep_contact_history() set enable_nestloop = off;
-- Days end at another moment in another zone.
create function move_status_timers() returns trigger language plpgsql as $$
declare
  soonest timestamptz;
begin
  with moved as (
    update status_timers t set due_at = status_due_at(t.entered_at, a.time_value, a.time_unit, new.timezone)
    from status_automations a where a.id = t.automation_id and t.tenant_id = new.id and a.time_unit = 'DAYS'
    returning t.due_at
  ) select min(due_at) into soonest from moved;
  perform tell_statuses(false, soonest);
  return null;
end $$;
create trigger move_status_timers after update of timezone on tenants for each row
  when (new.timezone is distinct from old.timezone) execute function move_status_timers();
--> statement-breakpoint
-- Statuses that contacts have from the time when any word would do become statuses of their tenant.
update contacts set lead_status = nullif(left(btrim(regexp_replace(lower(lead_status), '[^a-z0-9]+', '_', 'g'), '_'), 60), '')
where lead_status !~ '^[a-z0-9]+(_[a-z0-9]+)*$' or length(lead_status) > 60;
update contacts set lead_status = rtrim(lead_status, '_') where lead_status like '%\_';
insert into lead_statuses (tenant_id, key, name, color, display_order, created_at, updated_at)
select c.tenant_id, c.lead_status, upper(left(replace(c.lead_status, '_', ' '), 1)) || substr(replace(c.lead_status, '_', ' '), 2), '#6b7280',
  100, now(), now()
from (select distinct tenant_id, lead_status from contacts where lead_status is not null) c
on conflict do nothing;
