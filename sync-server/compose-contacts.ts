import type { Logger } from 'pino';
import type { BoundVerb, Settle } from './db/act.ts';
import { revertContacts } from './features/contacts/bulk/revert.ts';
import { putBackConsent } from './features/contacts/consents/consent-verbs.ts';
import { forgetNotDuplicates } from './features/contacts/merge/mark-not-duplicates.ts';
import { unmergeContacts } from './features/contacts/merge/unmerge.ts';
import { attributeVerbs } from './features/contacts/attributes/attribute-verbs.ts';
import { createContactVerbs } from './features/contacts/contact-verbs.ts';
import { putBackGroup } from './features/contacts/groups/change-group.ts';
import { groupVerbs } from './features/contacts/groups/group-verbs.ts';
import { putBackDeleted } from './db/trash.ts';
import { relinkTags, unlinkTags } from './features/contacts/tags/put-back-tags.ts';
import { putBackStatus as putBackConversation } from './features/inbox/put-back-status.ts';
import { putBackPipeline } from './features/pipelines/change-pipeline.ts';
import { putBackStage } from './features/pipelines/change-stage.ts';
import { createPipelineVerbs } from './features/pipelines/pipeline-verbs.ts';
import { followStatuses } from './features/statuses/automations/follow-statuses.ts';
import { putBackStatus } from './features/statuses/delete-status.ts';
import { createStatusVerbs } from './features/statuses/status-verbs.ts';
import { putBackSegment } from './features/segments/put-back-segment.ts';
import { segmentVerbs } from './features/segments/segment-verbs.ts';
import { putBackSettings } from './features/workspace/update-workspace.ts';
import { placing } from './features/contacts/placing/place-contacts.ts';
import { recordMeeting } from './features/merges/record-meeting.ts';

/** Everything about contacts and what a workspace sets up for them. */
export const contactsVerbs: BoundVerb[] = [
  ...createContactVerbs(recordMeeting),
  ...segmentVerbs,
  ...groupVerbs,
  ...attributeVerbs,
  ...createStatusVerbs(placing),
  ...createPipelineVerbs(placing),
];

/** How acts are taken back that no operation of the product takes back. */
export const INVERSES = {
  'trash.putBack': putBackDeleted,
  'contacts.revert': revertContacts,
  'contacts.unmerge': unmergeContacts,
  'contacts.maybeDuplicates': forgetNotDuplicates,
  'consents.putBack': putBackConsent,
  'tags.link': relinkTags,
  'tags.unlink': unlinkTags,
  'conversations.putBack': putBackConversation,
  'groups.putBack': putBackGroup,
  'segments.putBack': putBackSegment,
  'leadStatuses.putBack': putBackStatus(placing),
  'pipelines.putBack': putBackPipeline(placing),
  'stages.putBack': putBackStage(placing),
  'workspace.putBack': putBackSettings,
};

/** What follows from the acts of a transaction at its end. */
export const createSettle = (logger: Logger): Settle => followStatuses(placing, onAutomationFault(logger));

/** A fault of an automation is told to who runs the server; people read of it in the list of firings. */
export const onAutomationFault = (logger: Logger) => (err: unknown, automationId: string) =>
  logger.error({ err, automationId }, 'a status automation failed');
