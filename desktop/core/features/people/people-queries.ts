import type { WorkspaceItem } from '../../../../shared/workspace/workspace-item.ts';
import type { AdminItem, AdminItemKind, OwnItem, OwnItemKind } from '../../../../shared/people/own-item.ts';
import { hasRole } from '../../../../shared/protocol/role.ts';
import { findMemberName } from '../../replica/find-names.ts';
import type { Answers } from '../../replica/query-context.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';

type Names =
  | 'workspace.get'
  | 'profile.get'
  | 'devices.list'
  | 'tokens.list'
  | 'invitations.list'
  | 'exports.list'
  | 'integrations.list'
  | 'secondFactor.get'
  | 'seen.get';

/** People, settings and what surrounds them, from the replica. What a role does not reach is an empty list. */
export const peopleQueries: Answers<Names> = {
  'workspace.get': ({ db }) => {
    const row = db.sql(`SELECT id, body FROM workspace_items WHERE kind = 'tenant'`).get() as Row | undefined;
    return row ? toItem<WorkspaceItem<'tenant'>>(row) : null;
  },
  'profile.get': ({ db, me }) => {
    const row = db.sql(`SELECT id, body FROM workspace_items WHERE kind = 'member' AND id = ?`).get(me.userId);
    return row ? toItem<WorkspaceItem<'member'>>(row as Row) : null;
  },
  'devices.list': ({ db, me }, { whose }) =>
    (whose === 'own' ? own(db, 'device') : admin(db, 'device'))
      .map((device) => ({
        ...device,
        current: device.deviceId === me.deviceId && device.userId === me.userId,
        userName: findMemberName(db, device.userId),
      }))
      .sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt - a.lastSeenAt),
  'tokens.list': ({ db }, { whose }) =>
    (whose === 'own' ? own(db, 'token') : admin(db, 'token'))
      .map((token) => ({ ...token, userName: findMemberName(db, token.userId), outlives: whyOutlives(db, token) }))
      .sort((a, b) => b.createdAt - a.createdAt),
  'invitations.list': ({ db }) =>
    admin(db, 'invitation')
      .map((invitation) => ({ ...invitation, invitedBy: findMemberName(db, invitation.invitedById) }))
      .sort((a, b) => b.createdAt - a.createdAt),
  'exports.list': ({ db }) => admin(db, 'data_export').sort((a, b) => b.createdAt - a.createdAt),
  'integrations.list': ({ db }) => admin(db, 'integration').sort((a, b) => a.name.localeCompare(b.name)),
  'secondFactor.get': ({ db }) => own(db, 'second_factor')[0] ?? null,
  'seen.get': ({ db }) => own(db, 'seen')[0]?.what ?? [],
};

/** Nobody answers for a token of the workspace once its maker could not make it any more. */
function whyOutlives(db: ReadConnection, { kind, userId }: OwnItem<'token'>): 'left' | 'role' | null {
  if (kind !== 'service') return null;
  const row = db.sql(`SELECT id, body FROM workspace_items WHERE kind = 'member' AND id = ?`).get(userId);
  const maker = row ? toItem<WorkspaceItem<'member'>>(row as Row) : null;
  if (!maker?.active) return 'left';
  return hasRole(maker.role, 'ADMIN') ? null : 'role';
}

type Row = { id: string; body: string };
const toItem = <T>({ id, body }: Row): T => ({ id, ...(JSON.parse(body) as object) }) as T;

const own = <K extends OwnItemKind>(db: ReadConnection, kind: K): OwnItem<K>[] =>
  (db.sql('SELECT id, body FROM own_items WHERE kind = ?').all(kind) as Row[]).map(toItem<OwnItem<K>>);
const admin = <K extends AdminItemKind>(db: ReadConnection, kind: K): AdminItem<K>[] =>
  (db.sql('SELECT id, body FROM admin_items WHERE kind = ?').all(kind) as Row[]).map(toItem<AdminItem<K>>);
