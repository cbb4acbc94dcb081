/**
 * What a workspace's export holds: everything people entered or received, and who did what. Columns that let somebody in, and those
 * that only sort and search, are left out.
 */
export const EXPORTED_TABLES: readonly { table: string; without?: readonly string[] }[] = [
  { table: 'tenants' },
  { table: 'users', without: ['password_hash'] },
  { table: 'contacts', without: ['name_key', 'search'] },
  { table: 'tags' },
  { table: 'contact_tags' },
  { table: 'contact_groups' },
  { table: 'group_members' },
  { table: 'attribute_definitions' },
  { table: 'lead_statuses' },
  { table: 'pipelines' },
  { table: 'stages' },
  { table: 'segments' },
  { table: 'facebook_pages' },
  { table: 'contact_views' },
  { table: 'contact_changes' },
  { table: 'consents' },
  { table: 'contact_visits' },
  { table: 'contact_merges' },
  { table: 'not_duplicates' },
  { table: 'notes' },
  { table: 'conversations' },
  { table: 'messages' },
  { table: 'tasks' },
  { table: 'notifications' },
  { table: 'phone_numbers' },
  { table: 'import_jobs' },
  { table: 'dnc_numbers' },
  { table: 'met_changes' },
  { table: 'audit_log', without: ['undo'] },
];

export const keyOf = (table: string): string => (table === 'tenants' ? 'id' : 'tenant_id');
