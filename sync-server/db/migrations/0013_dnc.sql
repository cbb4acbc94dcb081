-- Numbers that are not to be called, whoever has them now or gets them later.
create table dnc_numbers (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants on delete cascade,
  phone text not null check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  -- The import that brought it first.
  import_id uuid,
  added_at timestamptz(3) not null,
  unique (tenant_id, phone)
);
create index dnc_numbers_import on dnc_numbers (import_id) where import_id is not null;
alter table import_jobs add column kind text not null default 'contacts' check (kind in ('contacts', 'do_not_call'));
drop trigger publish on import_jobs;
create trigger publish after insert or update or delete on import_jobs for each row
  execute function publish_workspace_item('import_job', 'kind=kind', 'fileName=file_name', 'status=status', 'total=total',
    'processed=processed', 'created=created', 'updated=updated', 'skipped=skipped', 'startedById=started_by_id',
    'createdAt=created_at:instant', 'message=message');
--> statement-breakpoint
-- Of a link between a contact and a tag the contact's key tells all: it goes with its contact, the contact with its tenant, and tags go
-- with their tenant alone. Checking the other two for each row was a third of an import, and checking the contact a seventh: that is done
-- once for each statement. The key stays as a word of what is meant.
alter table contact_tags drop constraint contact_tags_tenant_id_fkey, drop constraint contact_tags_tag_id_fkey,
  drop constraint contact_tags_contact_id_fkey,
  add constraint contact_tags_contact_id_fkey foreign key (contact_id) references contacts on delete cascade not enforced;
-- `= any` of an array and no sequential scan, so that a plan made for many rows does for one and the other way round.
create function have_contacts(ids uuid[]) returns void language plpgsql set enable_seqscan = off as $$
begin
  -- Nobody else sees, let alone deletes, what this very transaction made.
  if (select count(*) from contacts where id = any(ids) and xmin = pg_current_xact_id()::xid) = cardinality(ids) then return; end if;
  -- Whoever deletes one of the others waits for us, or we for them, and then look again.
  perform from contacts where id = any(ids) for key share;
  if (select count(*) from contacts where id = any(ids)) < cardinality(ids) then
    raise exception 'a tag of a contact that does not exist' using errcode = 'foreign_key_violation',
      table = 'contact_tags', constraint = 'contact_tags_contact_id_fkey';
  end if;
end $$;
create function have_contacts_of_links() returns trigger language plpgsql as $$
begin
  perform have_contacts(array(select distinct contact_id from new_rows));
  return null;
end $$;
create trigger have_contacts after insert on contact_tags referencing new table as new_rows
  for each statement execute function have_contacts_of_links();
create trigger have_contacts_still after update on contact_tags referencing new table as new_rows
  for each statement execute function have_contacts_of_links();
create function end_links() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  delete from contact_tags where contact_id = any(array(select id from old_rows));
  return null;
end $$;
create trigger end_links after delete on contacts referencing old table as old_rows
  for each statement execute function end_links();
-- Contacts without stage and status, as most are that come by the thousand, need no look.
drop trigger keep_times on contacts;
create trigger keep_times before update of stage_id, lead_status on contacts
  for each row execute function keep_contact_times();
create trigger keep_first_times before insert on contacts
  for each row when (new.stage_id is not null or new.lead_status is not null) execute function keep_contact_times();
