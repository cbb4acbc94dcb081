import type { ArgsOf, ResultOf } from '../../../shared/bridge/bridge-contract.ts';
import type { TeamQueries } from '../../../shared/bridge/team-contract.ts';
import { notificationPreferences } from '../../../shared/notifications/notification-preferences.ts';

type TeamAnswers = { [Q in keyof TeamQueries]: (args: ArgsOf<Q>) => ResultOf<Q> };

/** Everything around the work itself, of a team in which nothing has happened yet. */
export const emptyTeam: TeamAnswers = {
  'workspace.get': () => null,
  'profile.get': () => null,
  'devices.list': () => [],
  'tokens.list': () => [],
  'invitations.list': () => [],
  'exports.list': () => [],
  'integrations.list': () => [],
  'secondFactor.get': () => null,
  'seen.get': () => [],
  'tasks.list': () => ({ rows: [], total: 0 }),
  'tasks.get': () => null,
  'day.get': () => ({ late: [], today: [], soon: [], unscheduled: [], doneToday: 0, waiting: 0 }),
  'notifications.list': () => ({ rows: [], unread: 0, more: false }),
  'notifications.unread': () => ({ count: 0, contactIds: [] }),
  'notifications.ids': () => [],
  'notifications.preferences': () => notificationPreferences.parse({}),
  'mutes.list': () => [],
  'acts.list': () => ({ rows: [], more: false, from: null, denied: false }),
};
