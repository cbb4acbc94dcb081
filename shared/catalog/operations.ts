import { defineAttribute, deleteAttribute, updateAttribute } from '../contacts/attribute-operations.ts';
import { addDoNotCall, listDoNotCall, removeDoNotCall } from '../contacts/do-not-call-operations.ts';
import { exportContactsCsv, exportContactsToSalesforce } from '../exports/export-operations.ts';
import {
  addToGroup,
  createGroup,
  deleteGroup,
  listGroups,
  removeFromGroup,
  updateGroup,
} from '../contacts/group-operations.ts';
import {
  addTags,
  createContact,
  deleteContact,
  getContact,
  removeTags,
  updateContact,
} from '../contacts/contact-operations.ts';
import { assignOwner, deleteContacts, moveToStage, setLeadScore, setLeadStatus } from '../contacts/bulk-operations.ts';
import { deleteContactView, saveContactView } from '../segments/view-operations.ts';
import { optIn, optOut, recordConsent, withdrawConsent } from '../contacts/consent-operations.ts';
import { readDashboard } from '../contacts/dashboard-operations.ts';
import { markNotDuplicates, mergeContactsOperation } from '../contacts/duplicate-operations.ts';
import { bulkContacts, changeContactTags, logInteraction, moveContact } from '../contacts/face-operations.ts';
import { listHistory } from '../contacts/history-operations.ts';
import { recordVisit } from '../contacts/visit-operations.ts';
import { countContacts, listContactIds, listContacts } from '../segments/list-operations.ts';
import { listContactConversations } from '../inbox/contact-conversation-operations.ts';
import { addNote, deleteNote, editNote } from '../contacts/note-operations.ts';
import {
  addImportRows,
  listImportProblems,
  pauseImport,
  runImport,
  importTable,
  startImport,
  undoImport,
} from '../imports/import-operations.ts';
import { listConversations, listMessages, sendMessage, setConversationStatus } from '../inbox/inbox-operations.ts';
import { dismissMerge, restoreMerge } from '../merges/merge-operations.ts';
import { listActivity, undoAct } from '../activity/activity-operations.ts';
import {
  archiveNotification,
  deleteNotification,
  getNotification,
  getNotificationPreferences,
  listNotifications,
  muteConversation,
  readNotification,
  setNotificationPreferences,
  setNotificationStatus,
  unmuteConversation,
} from '../notifications/notification-operations.ts';
import { endDevice, wipeDevice } from '../people/device-operations.ts';
import {
  deactivateMember,
  inviteMember,
  leaveWorkspace,
  markSeen,
  reactivateMember,
  renewInvitation,
  revokeInvitation,
  setMemberRole,
  transferOwnership,
  updateProfile,
} from '../people/member-operations.ts';
import {
  beginSecondFactor,
  changePassword,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  requireSecondFactor,
} from '../people/security-operations.ts';
import { createToken, revokeToken } from '../people/token-operations.ts';
import {
  countMatching,
  createSegment,
  deleteSegment,
  getSegment,
  listSegments,
  updateSegment,
} from '../segments/segment-operations.ts';
import {
  createPipeline,
  createStage,
  deletePipeline,
  deleteStage,
  getPipeline,
  listPipelines,
  updatePipeline,
  updateStage,
} from '../pipelines/pipeline-operations.ts';
import {
  createAutomation,
  deleteAutomation,
  dryRunAutomation,
  getAutomation,
  listAutomations,
  listFirings,
  updateAutomation,
} from '../statuses/automation-operations.ts';
import {
  createLeadStatus,
  deleteLeadStatus,
  getLeadStatus,
  listLeadStatuses,
  reorderLeadStatuses,
  updateLeadStatus,
} from '../statuses/status-operations.ts';
import {
  completeTask,
  createTask,
  deleteTask,
  getTask,
  listTasks,
  reopenTask,
  updateTask,
} from '../tasks/task-operations.ts';
import {
  addPhoneNumber,
  checkIntegration,
  exportSettings,
  importSettings,
  labelPhoneNumber,
  removePhoneNumber,
  testIntegration,
  updateWorkspace,
} from '../workspace/settings-operations.ts';
import { cancelJob, listJobs, retryJob } from '../workspace/job-operations.ts';
import { eraseContact, exportContact, exportData, linkExport } from '../workspace/privacy-operations.ts';
import { setMessageDays } from '../workspace/workspace-operations.ts';
import type { InputOf, Operation, OutputOf } from '../protocol/operation.ts';

/** Every operation of the product. A new one is added here and nowhere else; a test hashes what this list promises on the wire. */
export const OPERATIONS = [
  listContacts,
  listContactIds,
  countContacts,
  listDoNotCall,
  addDoNotCall,
  removeDoNotCall,
  exportContactsCsv,
  exportContactsToSalesforce,
  readDashboard,
  getContact,
  createContact,
  updateContact,
  deleteContact,
  addTags,
  removeTags,
  listSegments,
  getSegment,
  createSegment,
  updateSegment,
  deleteSegment,
  countMatching,
  moveToStage,
  setLeadStatus,
  setLeadScore,
  assignOwner,
  deleteContacts,
  saveContactView,
  deleteContactView,
  listGroups,
  createGroup,
  updateGroup,
  deleteGroup,
  addToGroup,
  removeFromGroup,
  defineAttribute,
  updateAttribute,
  deleteAttribute,
  listLeadStatuses,
  getLeadStatus,
  createLeadStatus,
  updateLeadStatus,
  deleteLeadStatus,
  reorderLeadStatuses,
  listAutomations,
  getAutomation,
  createAutomation,
  updateAutomation,
  deleteAutomation,
  dryRunAutomation,
  listFirings,
  listPipelines,
  getPipeline,
  createPipeline,
  updatePipeline,
  deletePipeline,
  createStage,
  updateStage,
  deleteStage,
  changeContactTags,
  moveContact,
  bulkContacts,
  logInteraction,
  listHistory,
  listContactConversations,
  recordConsent,
  withdrawConsent,
  optOut,
  optIn,
  recordVisit,
  mergeContactsOperation,
  markNotDuplicates,
  addNote,
  editNote,
  deleteNote,
  listConversations,
  listMessages,
  sendMessage,
  setConversationStatus,
  importTable,
  startImport,
  addImportRows,
  runImport,
  pauseImport,
  undoImport,
  listImportProblems,
  restoreMerge,
  dismissMerge,
  setMessageDays,
  undoAct,
  listActivity,
  listTasks,
  getTask,
  createTask,
  updateTask,
  completeTask,
  reopenTask,
  deleteTask,
  listNotifications,
  getNotificationPreferences,
  setNotificationPreferences,
  getNotification,
  setNotificationStatus,
  readNotification,
  archiveNotification,
  deleteNotification,
  muteConversation,
  unmuteConversation,
  updateWorkspace,
  exportSettings,
  importSettings,
  addPhoneNumber,
  labelPhoneNumber,
  removePhoneNumber,
  checkIntegration,
  testIntegration,
  listJobs,
  retryJob,
  cancelJob,
  exportData,
  linkExport,
  exportContact,
  eraseContact,
  inviteMember,
  renewInvitation,
  revokeInvitation,
  setMemberRole,
  deactivateMember,
  reactivateMember,
  transferOwnership,
  leaveWorkspace,
  updateProfile,
  markSeen,
  createToken,
  revokeToken,
  endDevice,
  wipeDevice,
  changePassword,
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  requireSecondFactor,
] as const;

export type AnyOperation = (typeof OPERATIONS)[number];
export type OperationName = AnyOperation['name'];
export type OperationNamed<N extends OperationName> = Extract<AnyOperation, { name: N }>;
/** Commands that desktops apply at once and queue. */
export type CommandName = Extract<AnyOperation, { kind: 'command'; online?: false }>['name'];
/** Operations that desktops ask the server for and wait: those that only it can answer, and its lists. */
export type OnlineName = Extract<AnyOperation, { online?: true } | { kind: 'query' }>['name'];
export type InputNamed<N extends OperationName> = InputOf<OperationNamed<N>>;
export type OutputNamed<N extends OperationName> = OutputOf<OperationNamed<N>>;

const byName = new Map<string, Operation>(OPERATIONS.map((o) => [o.name, o as unknown as Operation]));

/** The operation of that name, or null for a name this version does not know. */
export const findOperation = (name: string): Operation | null => byName.get(name) ?? null;
