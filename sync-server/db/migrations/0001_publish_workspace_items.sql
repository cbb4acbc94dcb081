-- Small configuration tables travel to desktops as rows of workspace_items: kind + public columns as a json body.
-- Arguments of the trigger: the kind, then one `key=column` or `key=column:instant` for each public column.
-- What is not named here (password hashes above all) never leaves the server.
create function publish_workspace_item() returns trigger language plpgsql as $$
declare
  source jsonb;
  item jsonb := '{}';
  arg text;
  key text;
  col text;
begin
  if tg_op = 'DELETE' then
    delete from workspace_items where id = old.id;
    return null;
  end if;
  source := to_jsonb(new);
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
  values (new.id, coalesce((source ->> 'tenant_id')::uuid, new.id), tg_argv[0], item)
  on conflict (id) do update set body = excluded.body where workspace_items.body is distinct from excluded.body;
  return null;
end $$;
--> statement-breakpoint
create trigger publish after insert or update or delete on tenants for each row
  execute function publish_workspace_item('tenant', 'name=name', 'country=country');
--> statement-breakpoint
create trigger publish after insert or update or delete on users for each row
  execute function publish_workspace_item('member', 'name=name', 'email=email', 'role=role', 'active=active');
--> statement-breakpoint
create trigger publish after insert or update or delete on phone_numbers for each row
  execute function publish_workspace_item('phone_number', 'e164=e164', 'label=label');
--> statement-breakpoint
create trigger publish after insert or update or delete on tags for each row
  execute function publish_workspace_item('tag', 'name=name');
--> statement-breakpoint
create trigger publish after insert or update or delete on import_jobs for each row
  execute function publish_workspace_item('import_job', 'fileName=file_name', 'status=status', 'total=total',
    'processed=processed', 'created=created', 'updated=updated', 'skipped=skipped', 'startedById=started_by_id',
    'createdAt=created_at:instant', 'message=message');
