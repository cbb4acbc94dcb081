-- The key that a tenant's encrypted fields are under, itself under a master key that the database never sees (decision 0013).
create table tenant_keys (
  tenant_id uuid primary key references tenants on delete cascade,
  master_key_id text not null,
  wrapped text not null,
  created_at timestamptz(3) not null default now(),
  -- Encryption is being turned off: nothing new is sealed with it, what is sealed is still opened.
  retired_at timestamptz(3)
);
