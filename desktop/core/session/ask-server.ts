import { z } from 'zod';
import {
  acceptInvitationRequest,
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
export async function askInvitation(line: ServerLine, args: unknown): Promise<InvitationOffer> {
  const { token } = parseInput(withToken, args);
  const answer = await line.request('GET', `/api/auth/invitations/${encodeURIComponent(token)}`);
  return invitationOffer.parse((answer as { data?: unknown } | null)?.data);
}

export async function forgotPassword(line: ServerLine, args: unknown): Promise<null> {
  await line.post('/api/auth/password/forgot', parseInput(forgotPasswordRequest, args));
  return null;
}

export async function resetPassword(line: ServerLine, args: unknown): Promise<null> {
  await line.post('/api/auth/password/reset', parseInput(resetPasswordRequest, args));
  return null;
}

/** Where a sign-in goes that is not the plain one, and with what. */
export function secondFactorEntry(args: unknown): { path: string; request: Record<string, unknown> } {
  return { path: 'second-factor', request: parseInput(secondFactorRequest, args) };
}

export function invitationEntry(args: unknown): { path: string; request: Record<string, unknown> } {
  const accept = acceptInvitationRequest.omit({ deviceId: true, deviceName: true });
  const { token, ...request } = parseInput(accept.extend(withToken.shape), args);
  return { path: `invitations/${encodeURIComponent(token)}/accept`, request };
}
