import type { Perform } from '../../db/act.ts';
import type { Pool } from '../../db/pool.ts';
import type { JobDefinition, JobKind } from '../../jobs/job-definition.ts';
import { ARM, armAutomations } from './automations/arm-automation.ts';
import { fireTimers, WATCH_TIMERS, watchTimers } from './automations/fire-timers.ts';
import type { OnFault } from './automations/move-contacts.ts';
import { FIRE } from './automations/wake.ts';
import type { ContactMover } from './contact-mover.ts';
import { REMAP, remapContacts } from './remap-contacts.ts';

export const STATUS_JOBS: readonly JobKind[] = [FIRE, WATCH_TIMERS, ARM, REMAP];

type Ground = { pool: Pool; perform: Perform; mover: ContactMover; now: () => number; onFault: OnFault };

export const createStatusJobs = ({ pool, perform, mover, now, onFault }: Ground): JobDefinition[] => [
  fireTimers(perform, mover, onFault),
  watchTimers(pool, perform, now),
  armAutomations(perform),
  remapContacts(perform, mover),
];
