-- What people count as one act, sent in slices, is one unit: it shows as one act and is taken back as one.
alter table acts add column unit uuid;
update acts set unit = id;
create index acts_unit on acts (tenant_id, unit);
-- Of the audit log only slices say theirs.
alter table audit_log add column unit uuid;
create index audit_log_unit on audit_log (unit, at, id) where unit is not null;
--> statement-breakpoint
-- Two contacts that became one. Whatever names the merged one from now on means the kept one. Without a row of the merged one (`merged`)
-- it never was a contact here: a device made it while another had made the same person.
create table contact_merges (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  kept_id uuid not null references contacts on delete cascade,
  merged_id uuid not null,
  -- The merged contact as it was, its links, and the conversations that went into others.
  merged jsonb,
  links jsonb,
  conversations jsonb,
  -- What moved, by table: {notes: [id, …], …}.
  moved jsonb,
  -- What the merge gave the kept one: {field: {before, after}}, and ids of links.
  given jsonb,
  given_links jsonb,
  at timestamptz(3) not null,
  user_id uuid,
  device_id uuid,
  act_id uuid,
  undone_at timestamptz(3)
);
create index contact_merges_merged on contact_merges (tenant_id, merged_id);
create index contact_merges_kept on contact_merges (kept_id);
create table not_duplicates (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  a uuid not null references contacts on delete cascade,
  b uuid not null references contacts on delete cascade,
  user_id uuid,
  created_at timestamptz(3) not null
);
create index not_duplicates_a on not_duplicates (a);
create index not_duplicates_b on not_duplicates (b);
create index not_duplicates_tenant on not_duplicates (tenant_id);
create trigger publish after insert or update or delete on not_duplicates for each row
  execute function publish_workspace_item('not_duplicate', 'a=a', 'b=b');
--> statement-breakpoint
-- Filters and orders of the list, each with its index.
create index contacts_owner on contacts (tenant_id, owner_id) where owner_id is not null;
create index contacts_sentiment on contacts (tenant_id, sentiment) where sentiment is not null;
create index contacts_pipeline on contacts (tenant_id, pipeline_id) where pipeline_id is not null;
create index contacts_interaction on contacts (tenant_id, last_interaction_at);
create index contacts_inbound on contacts (tenant_id, last_inbound_at);
create index contacts_changed on contacts (tenant_id, updated_at);
create index contacts_messenger on contacts (tenant_id) where has_messenger;
create index contacts_on_instagram on contacts (tenant_id) where has_instagram;
create index contacts_emergency on contacts (tenant_id) where emergency;
create index contacts_opted_out on contacts (tenant_id) where opted_out_at is not null;
create index contacts_not_to_call on contacts (tenant_id) where do_not_call_at is not null;
create index contacts_marketing on contacts (tenant_id, marketing_consent_until) where marketing_consent_until is not null;
create index contacts_automated on contacts (tenant_id, automated_consent_until) where automated_consent_until is not null;
create index contact_tags_tag_contact on contact_tags (tag_id, contact_id);
drop index contact_tags_tag;
