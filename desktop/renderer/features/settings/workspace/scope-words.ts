import type { TokenScope } from '../../../../../shared/people/token-scope.ts';
import { t } from '../../../lib/i18n/t.ts';

const words = (): Record<TokenScope, string> => ({
  'contacts:read': t('read contacts'),
  'contacts:write': t('change contacts'),
  'conversations:read': t('read conversations'),
  'conversations:write': t('write texts'),
  'tasks:read': t('read tasks'),
  'tasks:write': t('change tasks'),
  'imports:read': t('read imports'),
  'imports:write': t('import contacts'),
  'notifications:read': t('read notifications'),
  'notifications:write': t('mark notifications'),
  'activity:read': t('read the activity'),
  'activity:write': t('take acts back'),
  'workspace:read': t('read settings'),
  'workspace:write': t('change settings'),
});

/** What a scope lets a token do; one of a newer version stands as it is written. */
export const scopeWord = (scope: string): string => (words() as Record<string, string>)[scope] ?? scope;
