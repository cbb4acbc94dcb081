import { expect, test } from 'vitest';
import { openReplica } from '../../replica/open-replica.ts';
import { applySlice } from '../../sync/apply-messages.ts';
import { peopleQueries } from './people-queries.ts';

test('a token of the workspace tells when its maker left or lost the role, one’s own does not', () => {
  const replica = openReplica(':memory:');
  const feed = (table: string, rows: readonly Record<string, unknown>[]) =>
    applySlice(
      replica,
      table,
      [
        ...rows.map((value) => ({ value, headers: { operation: 'insert' as const } })),
        { headers: { control: 'up-to-date' as const, global_last_seen_lsn: '100' } },
      ],
      { handle: 'h', offset: '0_inf' },
    );
  const member = (id: string, role: string, active: boolean) => ({
    id,
    kind: 'member',
    body: JSON.stringify({ name: id, email: `${id}@x`, role, active }),
  });
  const token = (id: string, userId: string, kind: string) => ({
    id,
    kind: 'token',
    body: JSON.stringify({ userId, name: id, kind, hint: 'swb_', scopes: [], role: null, createdAt: 0, expiresAt: 1 }),
  });
  try {
    feed('workspace_items', [
      member('admin', 'ADMIN', true),
      member('was', 'MANAGER', true),
      member('off', 'ADMIN', false),
    ]);
    feed('admin_items', [
      token('kept', 'admin', 'service'),
      token('demoted', 'was', 'service'),
      token('left', 'off', 'service'),
      token('gone', 'nobody', 'service'),
      token('own', 'was', 'personal'),
    ]);
    const rows = peopleQueries['tokens.list']({ db: replica } as never, { whose: 'all' });
    expect(Object.fromEntries(rows.map(({ id, outlives }) => [id, outlives]))).toEqual({
      kept: null,
      demoted: 'role',
      left: 'left',
      gone: 'left',
      own: null,
    });
  } finally {
    replica.close();
  }
});
