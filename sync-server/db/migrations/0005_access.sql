-- A sign-in that still needs its second factor: by the hash of what its caller holds, with the device it is for.
create table sign_in_challenges (
  token_hash text primary key,
  tenant_id uuid not null references tenants on delete cascade,
  user_id uuid not null references users on delete cascade,
  device jsonb not null,
  tries integer not null default 0,
  expires_at timestamptz(3) not null
);
create index sign_in_challenges_age on sign_in_challenges (expires_at);
-- Why a link of an invitation does not work any more.
create table ended_invitations (
  token_hash text primary key,
  tenant_id uuid not null references tenants on delete cascade,
  why text not null check (why in ('used', 'revoked', 'replaced')),
  ended_at timestamptz(3) not null
);
create index ended_invitations_age on ended_invitations (ended_at);
-- What an agent asked for and a person has not confirmed yet.
create table agent_confirmations (
  token_hash text primary key,
  tenant_id uuid not null references tenants on delete cascade,
  api_token_id uuid not null references api_tokens on delete cascade,
  request_hash text not null,
  expires_at timestamptz(3) not null
);
create index agent_confirmations_age on agent_confirmations (expires_at);
--> statement-breakpoint
-- Whatever changes somebody's access, every server process hears of it when it commits: what it remembers of them is old.
create function tell_access() returns trigger language plpgsql as $$
declare
  source jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
begin
  perform pg_notify('switchboard_access', json_build_object(
    'tenantId', source ->> 'tenant_id', 'userId', coalesce(source ->> 'user_id', source ->> 'id'))::text);
  return null;
end $$;
create trigger tell_access after update on users for each row
  when (old.role is distinct from new.role or old.active is distinct from new.active) execute function tell_access();
create trigger tell_access_gone after delete on users for each row execute function tell_access();
create trigger tell_access after update on refresh_tokens for each row
  when (old.ended_at is null and new.ended_at is not null) execute function tell_access();
create trigger tell_access after update on devices for each row
  when (old.wipe_asked_at is distinct from new.wipe_asked_at) execute function tell_access();
create trigger tell_access after delete on api_tokens for each row execute function tell_access();
