import { hasRole, type Role } from '../../../../shared/protocol/role.ts';
import { formatList } from '../format/format-list.ts';
import { t } from '../i18n/t.ts';
import { useIdentity } from '../use-identity.ts';
import { useQuery } from '../use-query.ts';

/** Why what only the server can do cannot be done now, in words; null when it can. */
export function useOfflineReason(): string | null {
  const { data: sync } = useQuery('sync.get', {});
  return sync?.status === 'offline'
    ? t('This needs the server, which is out of reach. Everything here stays readable.')
    : null;
}

/** Who may do what takes this role, where that is not who is signed in: "Only an administrator can change this. Ask Grace Tan." */
export function useRoleReason(role: Role): string | null {
  const identity = useIdentity();
  const { data: members = [] } = useQuery('members.list', {});
  if (!identity || hasRole(identity.role, role)) return null;
  const names = members
    .filter((member) => member.active && hasRole(member.role, role))
    .map(({ name }) => name)
    .slice(0, 3);
  const who = onlyWords(role);
  return names.length > 0 ? t('{{who}} Ask {{names}}.', { who, names: formatList(names) }) : who;
}

const onlyWords = (role: Role): string =>
  ({
    VIEWER: t('Only members can change this.'),
    AGENT: t('Only agents and above can change this.'),
    MANAGER: t('Only managers and above can change this.'),
    ADMIN: t('Only administrators and the owner can change this.'),
    OWNER: t('Only the owner can change this.'),
  })[role];

/** The first thing in the way: the role before the line, because the line comes back. */
export function useReason(role: Role, needs: 'server' | 'nothing' = 'nothing'): string | null {
  const denied = useRoleReason(role);
  const offline = useOfflineReason();
  return denied ?? (needs === 'server' ? offline : null);
}
