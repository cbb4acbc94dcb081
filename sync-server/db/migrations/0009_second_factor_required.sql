-- A workspace may ask everybody in it for a second factor. Who has none gets no further than setting one up.
alter table tenants add column second_factor_required boolean not null default false;
--> statement-breakpoint
drop trigger publish on tenants;
create trigger publish after insert or update or delete on tenants for each row
  execute function publish_workspace_item('tenant', 'name=name', 'country=country', 'messageDays=message_days', 'timezone=timezone',
    'currency=currency', 'senderName=sender_name', 'businessHours=business_hours', 'brandColor=brand_color', 'retention=retention',
    'secondFactorRequired=second_factor_required');
--> statement-breakpoint
-- Whose access changes with it: everybody's of the workspace, and one person's when they take their second factor away.
create function tell_access_of_tenant() returns trigger language plpgsql as $$
begin
  perform pg_notify('switchboard_access', json_build_object('tenantId', new.id, 'userId', null)::text);
  return null;
end $$;
create trigger tell_access after update on tenants for each row
  when (old.second_factor_required is distinct from new.second_factor_required) execute function tell_access_of_tenant();
create trigger tell_access_factor after update on users for each row
  when (old.second_factor is distinct from new.second_factor) execute function tell_access();
--> statement-breakpoint
update tenants set name = name;
