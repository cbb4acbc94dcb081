import { z } from 'zod';
import {
  acceptInvitationRequest,
  beginEnrolmentRequest,
  begunEnrolment,
  confirmEnrolmentRequest,
  enrolled,
  forgotPasswordRequest,
  invitationOffer,
  resetPasswordRequest,
  secondFactorRequest,
  type InvitationOffer,
} from '../../../shared/auth/auth-requests.ts';
import { findOperation } from '../../../shared/catalog/operations.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { must } from '../../../shared/kernel/must.ts';
import type { Operation } from '../../../shared/protocol/operation.ts';
import type { ServerLine } from './server-line.ts';
import type { SessionKeeper } from './session-keeper.ts';

/** What a screen sent, as the server wants it. Throws `invalid_input` that names the field. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.');
  throw new AppError('invalid_input', issue?.message ?? 'Something is missing.', {
    field,
    ...(field ? { fields: { [field]: issue?.message } } : {}),
  });
}

/** Asks the server for an operation by its canonical route, now. A token that is over is renewed once. */
export async function callOnline(line: ServerLine, keeper: SessionKeeper, call: unknown): Promise<unknown> {
  const { name, input } = call as { name: string; input: unknown };
  const operation = findOperation(name);
  if (!operation || (operation.kind === 'command' && !operation.online))
    throw new AppError('not_found', `Switchboard cannot ask the server for “${name}”.`);
  const sent = parseInput(operation.input, input) as Record<string, unknown>;
  try {
    return await askOnce(line, operation, sent, await keeper.accessToken());
  } catch (error) {
    const isOver = error instanceof AppError && error.code === 'unauthenticated';
    if (!isOver || !(await keeper.refresh())) throw error;
    return askOnce(line, operation, sent, await keeper.accessToken());
  }
}

async function askOnce(
  line: ServerLine,
  operation: Operation,
  input: Record<string, unknown>,
  token: string,
): Promise<unknown> {
  const { method, path } = must(operation.routes[0], `route of ${operation.name}`);
  const rest = { ...input };
  const filled = path.replaceAll(/:(\w+)/g, (_, key: string) => {
    const value = String(rest[key]);
    delete rest[key];
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(rest))
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      query.set(key, `${value}`);
  const answer =
    method === 'GET'
      ? await line.request('GET', `/api${filled}${query.size ? `?${query.toString()}` : ''}`, undefined, token)
      : await line.request(method, `/api${filled}`, rest, token);
  const isList = answer !== null && typeof answer === 'object' && 'total' in answer;
  return operation.output.parse(isList ? answer : (answer as { data?: unknown } | null)?.data);
}

const withToken = z.object({ token: z.string().min(8).max(500) });

/** What an invitation offers, before anybody says yes. */
async function askInvitation(line: ServerLine, args: unknown): Promise<InvitationOffer> {
  const { token } = parseInput(withToken, args);
  const answer = await line.request('GET', `/api/auth/invitations/${encodeURIComponent(token)}`);
  return invitationOffer.parse((answer as { data?: unknown } | null)?.data);
}

async function forgotPassword(line: ServerLine, args: unknown): Promise<null> {
  await line.post('/api/auth/password/forgot', parseInput(forgotPasswordRequest, args));
  return null;
}

async function resetPassword(line: ServerLine, args: unknown): Promise<null> {
  await line.post('/api/auth/password/reset', parseInput(resetPasswordRequest, args));
  return null;
}

/** A secret for the authenticator app of who has to set one up before they are let in. */
async function beginEnrolment(line: ServerLine, args: unknown): Promise<{ secret: string; uri: string }> {
  return begunEnrolment.parse(
    await line.post('/api/auth/second-factor/begin', parseInput(beginEnrolmentRequest, args)),
  );
}

/** What is asked of the server by nobody in particular. */
type Ask = (line: ServerLine, args: unknown) => Promise<unknown>;
export const ASKED_BY_ANYBODY: ReadonlyMap<string, Ask> = new Map<string, Ask>([
  ['session.invitation', askInvitation],
  ['session.forgotPassword', forgotPassword],
  ['session.resetPassword', resetPassword],
  ['session.beginEnrolment', beginEnrolment],
]);

/** Where a sign-in goes that is not the plain one, with what, and what there is to tell of its answer besides the session. */
export type Entry = { path: string; request: Record<string, unknown>; tells?: (answer: unknown) => unknown };

const secondFactorEntry = (args: unknown): Entry => ({
  path: 'second-factor',
  request: parseInput(secondFactorRequest, args),
});

/** The recovery codes are passed on and kept nowhere. */
const enrolmentEntry = (args: unknown): Entry => ({
  path: 'second-factor/confirm',
  request: parseInput(confirmEnrolmentRequest, args),
  tells: (answer) => enrolled.pick({ recoveryCodes: true }).parse(answer),
});

function invitationEntry(args: unknown): Entry {
  const accept = acceptInvitationRequest.omit({ deviceId: true, deviceName: true });
  const { token, ...request } = parseInput(accept.extend(withToken.shape), args);
  return { path: `invitations/${encodeURIComponent(token)}/accept`, request };
}

/** The ways in that ask for no more than whether they worked, but for one. */
export const ENTRIES: ReadonlyMap<string, (args: unknown) => Entry> = new Map([
  ['session.secondFactor', secondFactorEntry],
  ['session.confirmEnrolment', enrolmentEntry],
  ['session.acceptInvitation', invitationEntry],
]);
