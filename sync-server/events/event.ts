import type { Act } from '../db/act.ts';

/** What happened, for features that are not the one it happened in. Past tense, ids only: who needs more reads it in the same transaction. */
export type DomainEvent =
  /** By hand, by an import, because they wrote, or out of the trash. */
  | { type: 'contacts.added'; contactIds: readonly string[] }
  /** Their phone or mail address is another one, by hand or by an import. */
  | { type: 'contacts.readdressed'; contactIds: readonly string[] }
  | { type: 'contact.assigned'; contactId: string; ownerId: string }
  | { type: 'message.received'; messageId: string; contactId: string; conversationId: string; preview: string }
  /** A member answered. */
  | { type: 'message.sent'; contactId: string; conversationId: string }
  | { type: 'conversation.closed'; contactId: string; conversationId: string }
  | { type: 'task.assigned'; taskId: string; contactId: string | null; ownerId: string; title: string }
  | { type: 'task.due'; taskId: string; contactId: string | null; ownerId: string; title: string }
  | { type: 'task.completed'; taskId: string }
  | { type: 'import.finished'; importId: string; userId: string; fileName: string; created: number; updated: number }
  | { type: 'export.finished'; exportId: string; userId: string }
  /** A job that had not begun will not be done; who asked for it puts right what waits for it. */
  | { type: 'job.cancelled'; job: string; data: Record<string, unknown> }
  /** Tokens of the workspace whose maker is no member any more, or no administrator. They go on working. */
  | { type: 'tokens.outlived'; makerId: string; why: 'deactivated' | 'role'; names: readonly string[] }
  /** Something about a person’s access that they should know of. `what` names the sentence. */
  | {
      type: 'security.noticed';
      userId: string;
      what: 'new_device' | 'password_changed' | 'second_factor_changed' | 'recovery_code_used';
      detail: string | null;
    };

export type EventNamed<T extends DomainEvent['type']> = Extract<DomainEvent, { type: T }>;

/** Code of a feature that follows events of others, in the transaction of the act that caused them: it succeeds or fails with it. */
export type Subscriber = {
  readonly type: DomainEvent['type'];
  readonly run: (act: Act, event: DomainEvent) => Promise<void>;
};

export const subscribe = <T extends DomainEvent['type']>(
  type: T,
  run: (act: Act, event: EventNamed<T>) => Promise<void>,
): Subscriber => ({ type, run: run as Subscriber['run'] });

/** Tells every subscriber of the event’s kind, one after the other in the order they are listed. */
export type Publish = (act: Act, event: DomainEvent) => Promise<void>;

export const createPublish =
  (subscribers: readonly Subscriber[]): Publish =>
  async (act, event) => {
    for (const { type, run } of subscribers) if (type === event.type) await run(act, event);
  };
