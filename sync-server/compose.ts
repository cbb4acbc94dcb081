import { Router } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import { OPERATIONS } from '../shared/catalog/operations.ts';
import type { ContactFields } from '../shared/contacts/contact.ts';
import { AppError } from '../shared/kernel/app-error.ts';
import { contactsVerbs, INVERSES, onAutomationFault } from './compose-contacts.ts';
import { createSandboxCarrier } from './adapters/carrier-sandbox/sandbox-carrier.ts';
import { createSandboxRoutes } from './adapters/carrier-sandbox/sandbox-routes.ts';
import { createTwilioCarrier } from './adapters/twilio/twilio-carrier.ts';
import { createTwilioHooks } from './adapters/twilio/twilio-hooks.ts';
import { OutboxMailer } from './adapters/mail-outbox/outbox-mailer.ts';
import { createOutboxRoutes } from './adapters/mail-outbox/outbox-routes.ts';
import { createSmtpMailer } from './adapters/mail-smtp/smtp-mailer.ts';
import type { JobRequest, OpenAct, Perform, Settle } from './db/act.ts';
import type { FieldKeys } from './db/fields/field-keys.ts';
import type { Pool } from './db/pool.ts';
import type { Seal } from './db/sealed.ts';
import type { Env } from './env.ts';
import { verifyAccessToken } from './features/auth/sessions/access-token.ts';
import { createAuthRoutes } from './features/auth/auth-routes.ts';
import { endSessions } from './features/auth/sessions/end-sessions.ts';
import { createPasswordCheck } from './features/auth/own-password.ts';
import { createPageRoutes } from './features/auth/page-routes.ts';
import { oldRefreshTokens } from './features/auth/sessions/prune-refresh-tokens.ts';
import { FORGOT_PASSWORD, mailResets } from './features/auth/recovery/forgot-password.ts';
import { oldResets } from './features/auth/recovery/reset-password.ts';
import { oldChallenges } from './features/auth/second-factor/challenge.ts';
import { createSecurityVerbs } from './features/auth/security-verbs.ts';
import { TOKEN_PREFIX } from './features/people/change-token.ts';
import { oldEndedInvitations } from './features/people/invite-member.ts';
import { createLiveTokens } from './features/people/live-tokens.ts';
import { createPeopleVerbs } from './features/people/people-verbs.ts';
import type { LiveSessions } from './features/auth/sessions/live-session.ts';
import { importContacts } from './features/contacts/bulk/import-contacts.ts';
import { importNumbers, removeNumbers } from './features/contacts/do-not-call/import-numbers.ts';
import { keepNotToCall } from './features/contacts/do-not-call/mark-not-to-call.ts';
import { countImported, deleteUntouched } from './features/contacts/bulk/undo-imported.ts';
import { findOrCreateByPhone, noteInteraction } from './features/contacts/contact-directory.ts';
import { editContact } from './features/contacts/edit-contact.ts';
import { setNoteBody } from './features/contacts/notes/edit-note.ts';
import { placing } from './features/contacts/placing/place-contacts.ts';
import { RUN_IMPORT, runImportBatches } from './features/imports/import-batches.ts';
import { createUploadRoutes } from './http/upload-routes.ts';
import { onImportCancelled } from './features/imports/on-import-cancelled.ts';
import { IMPORT_UPLOAD } from './features/imports/direct/import-upload.ts';
import { importVerbs } from './features/imports/import-verbs.ts';
import { UNDO_IMPORT, undoImportBatches } from './features/imports/undo-batches.ts';
import { applyReceipt } from './features/inbox/apply-receipt.ts';
import { DELIVER_MESSAGE, deliverMessage } from './features/inbox/deliver-message.ts';
import { inboxVerbs } from './features/inbox/inbox-verbs.ts';
import { oldWebhookEvents } from './features/inbox/prune-webhook-events.ts';
import { createPhoneView } from './features/inbox/phone-view.ts';
import { receiveText } from './features/inbox/receive-text.ts';
import type { MergeEditor } from './features/merges/merge-editor.ts';
import { activityShapes } from './features/activity/activity-shape.ts';
import { createActivityVerbs } from './features/activity/activity-verbs.ts';
import { collectInverses } from './features/activity/inverse.ts';
import { onUndoCancelled, UNDO_SLICE, undoSlices } from './features/activity/undo-slices.ts';
import { oldActs, oldTrash } from './features/activity/prune-activity.ts';
import { notificationShapes } from './features/notifications/notification-shape.ts';
import { notificationSubscribers } from './features/notifications/notification-subscribers.ts';
import { notificationVerbs } from './features/notifications/notification-verbs.ts';
import { oldFirings } from './features/statuses/automations/firing-log.ts';
import { onStatusJobCancelled } from './features/statuses/on-job-cancelled.ts';
import { createStatusJobs, STATUS_JOBS } from './features/statuses/status-jobs.ts';
import { REMIND, remindOfTasks } from './features/tasks/remind.ts';
import { taskVerbs } from './features/tasks/task-verbs.ts';
import type { Subscriber } from './events/event.ts';
import { onJobCancelled } from './features/inbox/on-job-cancelled.ts';
import { carrierIntegration } from './features/integrations/carrier-integration.ts';
import { CHECK_INTEGRATIONS, checkIntegrations } from './features/integrations/check-integrations.ts';
import { createIntegrationVerbs } from './features/integrations/integration-verbs.ts';
import { mailIntegration } from './features/integrations/mail-integration.ts';
import { oldFailedExports } from './features/privacy/data-export-table.ts';
import { onExportCancelled } from './features/privacy/on-export-cancelled.ts';
import { createExportRoutes } from './features/privacy/export-link.ts';
import { createPrivacyVerbs } from './features/privacy/privacy-verbs.ts';
import { RETAIN, retain } from './features/privacy/retain.ts';
import { EXPORT_DATA, runExport } from './features/privacy/run-export.ts';
import { keepSuppressed } from './features/privacy/suppression.ts';
import { jobVerbs } from './features/jobs/job-verbs.ts';
import type { Integrations } from './ports/integration.ts';
import { taskShapes } from './features/tasks/task-shape.ts';
import { mergeShapes } from './features/merges/merge-shape.ts';
import { createMergeVerbs } from './features/merges/merge-verbs.ts';
import { oldMeetings } from './features/merges/prune-merges.ts';
import { recordMeeting } from './features/merges/record-meeting.ts';
import { createAuthenticate, type ApiCaller, type Authenticate } from './http/authenticate.ts';
import { bindOperations } from './http/bind-operations.ts';
import { createDocsRoutes } from './http/docs/docs-routes.ts';
import { oldIdempotencyKeys } from './http/idempotency.ts';
import type { Metrics } from './http/metrics.ts';
import { pageHeaders } from './http/page-headers.ts';
import { contactShapes } from './features/contacts/contact-shape.ts';
import { inboxShapes } from './features/inbox/inbox-shape.ts';
import { findMessageDays } from './features/workspace/tenant-read-model.ts';
import { createWorkspaceVerbs } from './features/workspace/workspace-verbs.ts';
import { workspaceShapes } from './features/workspace/workspace-shape.ts';
import { endedReceipts } from './http/prune-receipts.ts';
import { AGENT_RATES, API_RATES, createRateLimit, SYNC_RATES } from './http/rate-limit.ts';
import { collectVerbs } from './http/run-operation.ts';
import { createPushRoute } from './http/sync-push.ts';
import type { JobDefinition, JobKind } from './jobs/job-definition.ts';
import { PRUNE, pruneTables } from './jobs/prune-job.ts';
import { SEND_MAIL, sendMails } from './jobs/send-mail.ts';
import { oldConfirmations } from './mcp/confirmations.ts';
import { createMcpRoutes } from './mcp/mcp-routes.ts';
import type { Carrier, CarrierEvents, Receipt } from './ports/carrier.ts';
import type { Mailer } from './ports/mail.ts';
import type { OpenShapes } from './shapes/open-shapes.ts';
import { createShapeRouter } from './shapes/shape-router.ts';
import type { ShapeRule } from './shapes/shape-rule.ts';

type Ground = {
  env: Env;
  pool: Pool;
  perform: Perform;
  openAct: OpenAct;
  settle: Settle;
  fields: FieldKeys;
  sessions: LiveSessions;
  secret: Uint8Array;
  seal: Seal;
  metrics: Metrics;
  logger: Logger;
  /** A job outside any act. */
  enqueueNow: (job: JobRequest) => Promise<void>;
};

/** Receipts of the sandbox come by job, so that they survive a restart like those of a real carrier. */
const SANDBOX_RECEIPT: JobKind = { name: 'sandbox.receipt', retryLimit: 3, retryDelaySeconds: 1, concurrency: 1 };

/** Every kind of job of the product. */
export const JOB_KINDS = [
  DELIVER_MESSAGE,
  RUN_IMPORT,
  UNDO_IMPORT,
  SANDBOX_RECEIPT,
  PRUNE,
  REMIND,
  UNDO_SLICE,
  SEND_MAIL,
  FORGOT_PASSWORD,
  CHECK_INTEGRATIONS,
  EXPORT_DATA,
  RETAIN,
  ...STATUS_JOBS,
];

/** Who follows what happens elsewhere, in the transaction it happens in. */
export const createSubscribers = (seal: Seal): readonly Subscriber[] => [
  ...keepSuppressed(seal),
  ...keepNotToCall,
  ...notificationSubscribers,
  onJobCancelled,
  onUndoCancelled,
  onExportCancelled,
  onImportCancelled,
  onStatusJobCancelled(placing),
];

/** Everything that is kept for a time only. */
export const PRUNINGS = [
  oldMeetings,
  oldWebhookEvents,
  oldRefreshTokens,
  endedReceipts,
  oldActs,
  oldTrash,
  oldIdempotencyKeys,
  oldResets,
  oldChallenges,
  oldEndedInvitations,
  oldConfirmations,
  oldFailedExports,
  oldFirings,
];

/** Everything that desktops may replicate. */
export const SHAPE_RULES: readonly ShapeRule[] = [
  ...workspaceShapes,
  ...contactShapes,
  ...inboxShapes,
  ...mergeShapes,
  ...taskShapes,
  ...notificationShapes,
  ...activityShapes,
];

const directory = { findOrCreateByPhone, noteInteraction };
const editor: MergeEditor = {
  // They are fields of a contact that somebody could write once; the record holds no others.
  setContactFields: (act, id, values, action) =>
    editContact(act, recordMeeting, id, values as Partial<ContactFields>, action),
  setNoteBody: (act, id, body, action) => setNoteBody(act, recordMeeting, id, body, action),
};
const importer = { importContacts, importNumbers, removeNumbers, deleteUntouched, countImported };

export function createCarrierEvents({
  pool,
  perform,
  logger,
}: Pick<Ground, 'pool' | 'perform' | 'logger'>): CarrierEvents {
  return {
    async receiveText(text) {
      const outcome = await receiveText({ pool, perform, directory }, text);
      if (outcome === 'unknown number')
        logger.warn(
          { vendorId: text.vendorId },
          'a text came for a number that no tenant has (npm run seed -- --number)',
        );
      return outcome;
    },
    applyReceipt: (receipt) => applyReceipt(pool, perform, receipt),
  };
}

function createCarrier({ env, enqueueNow }: Ground): Carrier {
  const { accountSid, authToken } = env.twilio ?? {};
  if (accountSid && authToken) return createTwilioCarrier({ accountSid, authToken, publicUrl: publicUrlOf(env) });
  return createSandboxCarrier((receipt) => enqueueNow({ name: SANDBOX_RECEIPT.name, data: receipt, delaySeconds: 1 }));
}

const createMailer = ({ mail, dataDir }: Env): Mailer => (mail ? createSmtpMailer(mail) : new OutboxMailer(dataDir));

const createIntegrations = (ground: Ground): Integrations => ({
  carrier: carrierIntegration(createCarrier(ground), ground.seal),
  mail: mailIntegration(createMailer(ground.env)),
});

export const publicUrlOf = ({ publicUrl, port }: Env): string => publicUrl ?? `http://localhost:${port}`;

/** What a worker process does. */
export function createJobDefinitions(ground: Ground, events: CarrierEvents): JobDefinition[] {
  const { pool, perform, logger, seal, fields, env } = ground;
  const mailer = createMailer(env);
  return [
    sendMails(mailer, seal, (reason) => logger.warn({ reason }, 'a mail was refused for good')),
    mailResets({ pool, perform, seal, publicUrl: publicUrlOf(env) }),
    deliverMessage({ perform, carrier: createCarrier(ground), directory }),
    runImportBatches(perform, importer),
    undoImportBatches(perform, importer),
    remindOfTasks(perform),
    // Acts on very many records are about contacts.
    undoSlices(perform, collectInverses(contactsVerbs, INVERSES)),
    checkIntegrations(pool, createIntegrations(ground), Date.now),
    runExport({ pool, perform, fields, dataDir: env.dataDir }),
    retain({ pool, perform, dataDir: env.dataDir, now: Date.now }),
    ...createStatusJobs({ pool, perform, mover: placing, now: Date.now, onFault: onAutomationFault(logger) }),
    pruneTables(pool, PRUNINGS, Date.now, logger),
    { kind: SANDBOX_RECEIPT, run: (data) => events.applyReceipt(sandboxReceipt.parse(data)) },
  ];
}

const sandboxReceipt: z.ZodType<Receipt> = z.object({
  vendor: z.string(),
  vendorId: z.string(),
  messageId: z.string().nullable(),
  status: z.enum(['sent', 'delivered', 'failed']),
  failure: z.string().nullable(),
  raw: z.record(z.string(), z.unknown()),
});

/** A token says who and where; role and session are as the database has them. */
export const createAuthenticator = (secret: Uint8Array, sessions: LiveSessions): Authenticate =>
  createAuthenticate(async (token) => {
    if (token.startsWith(TOKEN_PREFIX))
      throw new AppError('forbidden', 'Access tokens do not sync; they call operations over REST. Nothing was done.', {
        reason: 'people_only',
      });
    const claims = await verifyAccessToken(token, secret);
    const { role, name } = await sessions.get(claims);
    return { ...claims, role, name };
  });

/** Over REST scripts may call as well as people. */
function createApiAuthenticator({ pool, secret, sessions, logger }: Ground): Authenticate<ApiCaller> {
  const tokens = createLiveTokens(pool, (err) => logger.warn({ err }, 'the last use of a token was not noted'));
  return createAuthenticate(async (token): Promise<ApiCaller> => {
    if (token.startsWith(TOKEN_PREFIX)) {
      const grant = await tokens(token);
      return { ...grant, deviceId: grant.token.id };
    }
    const claims = await verifyAccessToken(token, secret);
    return { ...claims, ...(await sessions.get(claims)), token: null };
  });
}

/** The routes a web process answers, by path, in order. */
export function createRouters(
  ground: Ground,
  authenticate: Authenticate,
  events: CarrierEvents,
  { source, epoch }: OpenShapes,
): [string, Router][] {
  const { env, pool, perform, openAct, settle, fields, sessions, secret, seal, metrics, logger, enqueueNow } = ground;
  const checkPassword = createPasswordCheck();
  const doing = [
    contactsVerbs,
    inboxVerbs,
    importVerbs,
    createMergeVerbs(editor),
    createWorkspaceVerbs({ carrier: createCarrier(ground), workspaces: env.carrierWorkspaces }),
    taskVerbs,
    notificationVerbs,
    jobVerbs,
    createPrivacyVerbs(seal, publicUrlOf(env)),
    createIntegrationVerbs(createIntegrations(ground)),
    createSecurityVerbs({ seal, checkPassword }),
    createPeopleVerbs({ seal, publicUrl: publicUrlOf(env), checkPassword, endSessions }),
  ];
  const inverses = collectInverses(doing.flat(), INVERSES);
  const verbs = collectVerbs(OPERATIONS, [...doing, createActivityVerbs(inverses)]);
  const push = createPushRoute({
    pool,
    verbs,
    openAct,
    settle,
    now: Date.now,
    authenticate,
    rateLimit: createRateLimit('push', SYNC_RATES),
    onWrite: (status) => metrics.pushedWrites.inc({ status }),
    onFault: (err, operation) => logger.error({ err, operation }, 'a pushed write failed by a fault of the server'),
  });
  const apiCaller = createApiAuthenticator(ground);
  const rateLimit = createRateLimit('api', API_RATES);
  const rest = bindOperations({
    verbs,
    perform,
    fields,
    seal,
    authenticate: apiCaller,
    rateLimit,
  });
  const routers: [string, Router][] = [
    ['/api/auth', createAuthRoutes({ pool, perform, secret, seal, sessions, authenticate, enqueueNow, now: Date.now })],
    ['/', createPageRoutes(pageHeaders)],
    ['/api/sync/push', push],
    ['/api/exports', createExportRoutes(seal, env.dataDir, Date.now)],
    ['/api', createDocsRoutes([...verbs.values()].map(({ operation }) => operation))],
    [
      '/api',
      createUploadRoutes({
        authenticate: apiCaller,
        rateLimit,
        perform,
        dataDir: env.dataDir,
        uploads: [IMPORT_UPLOAD],
      }),
    ],
    ['/api', rest],
    [
      '/mcp',
      createMcpRoutes({
        verbs,
        perform,
        seal,
        authenticate: apiCaller,
        rateLimit: createRateLimit('agent', AGENT_RATES),
        publicUrl: publicUrlOf(env),
        onFault: (err, operation) =>
          logger.error({ err, operation }, 'an agent’s call failed by a fault of the server'),
      }),
    ],
  ];
  if (source) {
    const limitDays = ({ tenantId }: { tenantId: string }) => findMessageDays(pool, tenantId);
    const parts = { rules: SHAPE_RULES, reader: authenticate, limitDays, epoch, fields, source };
    routers.unshift(['/api/shapes', createShapeRouter(parts)]);
  }
  if (env.twilio) {
    const onRejected = () => metrics.rejectedWebhooks.inc({ vendor: 'twilio' });
    const { authToken } = env.twilio;
    routers.push(['/hooks/twilio', createTwilioHooks({ authToken, publicUrl: publicUrlOf(env), events, onRejected })]);
  }
  if (!env.mail) routers.push(['/sandbox/mail', withHeaders(createOutboxRoutes(new OutboxMailer(env.dataDir)))]);
  if (!env.twilio?.accountSid)
    routers.push(['/sandbox', withHeaders(createSandboxRoutes(createPhoneView(pool), events))]);
  return routers;
}

/** A page, not data. */
const withHeaders = (page: Router): Router => Router().use(pageHeaders, page);
