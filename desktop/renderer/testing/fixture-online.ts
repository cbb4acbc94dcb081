import type { Reply } from '../../../shared/bridge/bridge-contract.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import type { Row } from './fixture-tables.ts';
import { ME, TENANT_ID } from './fixture-data.ts';
import { fixtureDryRun, fixtureFirings } from './fixture-automations.ts';
import type { FixtureState } from './fixture-queries.ts';

const DAY = 86_400_000;
const CODES = Array.from({ length: 10 }, (_, index) => `k${index}f7-m2q${index}-x9d${index}`);

type Input = Record<string, never>;
type Body = Row & { body: Record<string, unknown> };

/** What a server answers at once, in small. */
export function answerOnline(state: FixtureState, name: string, input: Input): Reply<unknown> {
  if (state.sync.status === 'offline')
    return { error: { code: 'unavailable', message: 'The server is out of reach. Nothing was changed. Try again.' } };
  const { tables } = state;
  const put = (table: 'own_items' | 'admin_items', id: string, kind: string, body: object) =>
    void tables.of(table).set(id, { id, kind, body });
  const inDays = (days: number) => Date.now() + days * DAY;
  const id = newId<'row'>();
  switch (name) {
    case 'security.changePassword':
      return input['password'] === 'wrong password'
        ? { error: { code: 'unauthenticated', message: 'Email or password is wrong.' } }
        : { data: {} };
    case 'security.beginSecondFactor':
      return {
        data: {
          secret: 'JBSWY3DPEHPK3PXP',
          uri: 'otpauth://totp/Switchboard:maya@northwell.example?secret=JBSWY3DPEHPK3PXP&issuer=Switchboard',
        },
      };
    case 'security.confirmSecondFactor':
    case 'security.renewRecoveryCodes':
      put('own_items', 'second-factor', 'second_factor', { enabledAt: Date.now(), recoveryCodesLeft: 10 });
      for (const row of tables.rows<Body>('own_items'))
        if (row['kind'] === 'second_factor') row.body = { enabledAt: Date.now(), recoveryCodesLeft: 10 };
      return { data: { recoveryCodes: CODES } };
    case 'security.removeSecondFactor':
      for (const row of tables.rows<Body>('own_items'))
        if (row['kind'] === 'second_factor') row.body = { enabledAt: null, recoveryCodesLeft: 0 };
      return { data: {} };
    case 'members.invite':
      put('admin_items', id, 'invitation', {
        email: input['email'],
        role: input['role'],
        invitedById: ME,
        createdAt: Date.now(),
        expiresAt: inDays(7),
      });
      return {
        data: {
          id,
          link: `https://crm.northwell.example/join/${id}`,
          mailed: input['sendMail'] !== false,
          expiresAt: inDays(7),
        },
      };
    case 'invitations.renew':
      return {
        data: { id: input['id'], link: 'https://crm.northwell.example/join/new', mailed: true, expiresAt: inDays(7) },
      };
    case 'tokens.create':
      put('own_items', id, 'token', {
        ...(input as object),
        userId: ME,
        hint: 'swb_9Qz1',
        createdAt: Date.now(),
        expiresAt: inDays(Number(input['expiresInDays'])),
        lastUsedAt: null,
      });
      return { data: { id, token: 'swb_9Qz1hV3fM0sLq8tYb2WcD7eR', expiresAt: inDays(Number(input['expiresInDays'])) } };
    case 'integrations.check':
      return { data: { ok: true, mode: 'sandbox', message: null } };
    case 'integrations.test':
      return { data: { accepted: true, message: null } };
    case 'jobs.list':
      return { data: JOBS };
    case 'workspace.exportSettings':
      return {
        data: { format: 'switchboard-settings', version: 1, tenantId: TENANT_ID, settings: { currency: 'USD' } },
      };
    case 'workspace.importSettings':
      return input['tenantId'] === TENANT_ID || input['fromAnother']
        ? { data: { changed: ['currency'] } }
        : {
            error: {
              code: 'conflict',
              message: 'This file is from another workspace. Nothing was changed.',
              details: { reason: 'another_workspace' },
            },
          };
    case 'phoneNumbers.add':
      tables
        .of('workspace_items')
        .set(id, { id, kind: 'phone_number', body: { e164: input['e164'], label: input['label'] ?? null } });
      return { data: { id } };
    case 'statusAutomations.dryRun':
      return { data: fixtureDryRun(state) };
    case 'statusAutomations.firings':
      return { data: fixtureFirings(state, input) };
    case 'doNotCall.list':
      return { data: fixtureDoNotCall(String(input['search'] ?? '')) };
    case 'privacy.linkExport':
      return { data: { link: 'https://crm.northwell.example/api/exports/x' } };
    default:
      return { data: { id: input['id'] ?? id } };
  }
}

const now = Date.now();
const job = (name: string, state: string, more: object = {}) => ({
  id: newId<'job'>(),
  name,
  state,
  attempts: 1,
  createdAt: now - 600_000,
  startsAt: now - 600_000,
  finishedAt: null,
  message: null,
  traceId: null,
  ...more,
});
const JOBS = {
  data: [
    job('messages.send', 'waiting'),
    job('privacy.export', 'running'),
    job('mail.send', 'failed', { attempts: 5, message: 'The mail server refused the password.', traceId: '7f3a' }),
    job('imports.run', 'done', { finishedAt: now - 300_000 }),
  ],
  page: 1,
  limit: 50,
  total: 4,
};

const fixtureDoNotCall = (search: string) => {
  const data = ['+14155550100', '+442079460018']
    .filter((phone) => phone.includes(search.replace(/\D/g, '')))
    .map((phone) => ({ phone, addedAt: now - DAY, contacts: 1 }));
  return { data, page: 1, limit: 50, total: data.length };
};

/** What a server does with a command whose outcome only it knows, and what comes back by sync. */
export function applyAtServer({ tables }: FixtureState, name: string, input: Input): void {
  const items = tables.of('workspace_items') as Map<string, Body>;
  const change = (id: string, values: object) => {
    const row = items.get(id);
    if (row) items.set(id, { ...row, body: { ...row.body, ...values } });
  };
  const changeOwn = (id: string, values: object) => {
    for (const table of ['own_items', 'admin_items'] as const) {
      const row = tables.of(table).get(id) as Body | undefined;
      if (row) tables.of(table).set(id, { ...row, body: { ...row.body, ...values } } as Row);
    }
  };
  if (name === 'profile.update') change(ME, input);
  if (name === 'workspace.update') change(TENANT_ID, input);
  if (name === 'members.setRole') change(String(input['userId']), { role: input['role'] });
  if (name === 'members.deactivate') change(String(input['userId']), { active: false });
  if (name === 'members.reactivate') change(String(input['userId']), { active: true });
  if (name === 'phoneNumbers.label') change(String(input['id']), { label: input['label'] });
  if (name === 'devices.end') changeOwn(String(input['id']), { endedAt: Date.now() });
  if (name === 'devices.wipe') changeOwn(String(input['id']), { wipeAskedAt: Date.now() });
}
