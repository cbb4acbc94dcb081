import type { Session } from 'electron';

/** What the app itself uses. */
const ALLOWED = new Set(['clipboard-sanitized-write', 'notifications']);

/** Electron security checklist 5: permissions are refused unless the app needs them. */
export function limitPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(ALLOWED.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED.has(permission));
}
