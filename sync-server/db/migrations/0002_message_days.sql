-- For how many days messages are replicated to a tenant's desktops. Null: all of them. Older ones are read from the server.
alter table tenants add column message_days integer check (message_days > 0);
--> statement-breakpoint
drop trigger publish on tenants;
--> statement-breakpoint
create trigger publish after insert or update or delete on tenants for each row
  execute function publish_workspace_item('tenant', 'name=name', 'country=country', 'messageDays=message_days');
--> statement-breakpoint
update tenants set name = name;
