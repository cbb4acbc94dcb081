import * as automations from '../../../shared/statuses/automation-operations.ts';
import * as operations from '../../../shared/statuses/status-operations.ts';
import { bindVerb, type BoundVerb } from '../../db/act.ts';
import { createAutomation, deleteAutomation, updateAutomation } from './automations/change-automation.ts';
import { dryRunAutomation } from './automations/dry-run.ts';
import { getAutomation, listAutomations } from './automations/list-automations.ts';
import { listFirings } from './automations/list-firings.ts';
import { createLeadStatus, reorderLeadStatuses, updateLeadStatus } from './change-status.ts';
import type { ContactMover } from './contact-mover.ts';
import { deleteLeadStatus } from './delete-status.ts';
import { getLeadStatus, listLeadStatuses } from './list-statuses.ts';

/** Automations first: their routes begin like that of a status. */
export const createStatusVerbs = (mover: ContactMover): BoundVerb[] => [
  bindVerb(automations.listAutomations, listAutomations),
  bindVerb(automations.listFirings, listFirings),
  bindVerb(automations.getAutomation, getAutomation),
  bindVerb(automations.dryRunAutomation, dryRunAutomation),
  bindVerb(automations.createAutomation, createAutomation),
  bindVerb(automations.updateAutomation, updateAutomation),
  bindVerb(automations.deleteAutomation, deleteAutomation),
  bindVerb(operations.listLeadStatuses, listLeadStatuses),
  bindVerb(operations.getLeadStatus, getLeadStatus),
  bindVerb(operations.createLeadStatus, createLeadStatus),
  bindVerb(operations.updateLeadStatus, updateLeadStatus),
  bindVerb(operations.deleteLeadStatus, deleteLeadStatus(mover)),
  bindVerb(operations.reorderLeadStatuses, reorderLeadStatuses),
];
