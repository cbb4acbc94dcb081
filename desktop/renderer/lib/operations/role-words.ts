import type { Role } from '../../../../shared/protocol/role.ts';
import { t } from '../i18n/t.ts';

/** What a role is called. */
export const roleWord = (role: Role): string =>
  ({
    VIEWER: t('Viewer'),
    AGENT: t('Agent'),
    MANAGER: t('Manager'),
    ADMIN: t('Administrator'),
    OWNER: t('Owner', { context: 'role' }),
  })[role];

/** What a role lets somebody do, in one sentence. */
export const roleSentence = (role: Role): string =>
  ({
    VIEWER: t('Reads everything, changes nothing.'),
    AGENT: t('Works with contacts, texts, notes and tasks.'),
    MANAGER: t('Also deletes, imports, sees and takes back what others did.'),
    ADMIN: t('Also manages people, settings, numbers and integrations.'),
    OWNER: t('Everything, and hands the workspace over.'),
  })[role];
