import type { SalesforceObject } from './export-request.ts';
import type { ExportedContact, ExportNames } from './contact-columns.ts';
import type { ExportedInteraction, ExportedTranscript } from './interaction-columns.ts';

/**
 * A record as Salesforce's sObject Collections take it (developer.salesforce.com, REST API “Upsert Records”, v66, read 2026-11): standard fields
 * with their lengths, `attributes.type`, and our id in the External Id field `Switchboard_Id__c`, by which a second upload updates.
 */
export type SalesforceRecord = { attributes: { type: string } } & Record<string, unknown>;

const cut = (text: string | null, longest: number): string | null => (text ? text.slice(0, longest) : null);

/** A field without a value is left out: to Salesforce null means “empty it”. */
const withValues = (type: string, fields: Record<string, unknown>): SalesforceRecord => ({
  attributes: { type },
  ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)),
});

const RATING = { hot: 'Hot', cold: 'Cold', ghosted: 'Cold', unsure: 'Warm' } as const;

export function toSalesforceContact(c: ExportedContact, names: ExportNames, type: SalesforceObject): SalesforceRecord {
  const common = {
    Switchboard_Id__c: c.id,
    FirstName: cut(c.firstName, 40),
    // Salesforce wants a last name of everybody.
    LastName: cut(c.lastName ?? (c.firstName ? null : c.company) ?? c.email ?? c.phone ?? 'Unknown', 80),
    Email: cut(c.email, 80),
    Phone: cut(c.phone, 40),
    LeadSource: cut(c.source, 255),
    HasOptedOutOfEmail: c.optedOutAt !== null,
    DoNotCall: c.doNotCallAt !== null,
    Description: c.tags.length ? cut(`Tags: ${c.tags.join(', ')}`, 32_000) : null,
    CreatedDate: new Date(c.createdAt).toISOString(),
  };
  if (type === 'Contact') return withValues('Contact', common);
  return withValues('Lead', {
    ...common,
    Company: cut(c.company ?? ([c.firstName, c.lastName].filter(Boolean).join(' ') || '[not provided]'), 255),
    Status: cut((c.leadStatus && (names.status.get(c.leadStatus) ?? c.leadStatus)) || 'New', 255),
    Rating: c.sentiment ? RATING[c.sentiment] : null,
    AnnualRevenue: null,
  });
}

const who = (contactId: string, type: SalesforceObject) => ({ attributes: { type }, Switchboard_Id__c: contactId });
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Anything that happened is a task in Salesforce. */
export function toSalesforceTask(i: ExportedInteraction, type: SalesforceObject): SalesforceRecord {
  const isOpen = i.kind === 'task' && i.completedAt === null;
  const subject = i.kind === 'message' ? `${i.channel ?? ''} ${i.direction ?? ''}`.trim() : i.kind;
  return withValues('Task', {
    Switchboard_Id__c: i.id,
    Who: who(i.contactId, type),
    Subject: cut(i.kind === 'task' ? i.text : subject, 255),
    Description: cut(i.text, 32_000),
    Status: isOpen ? 'Not Started' : 'Completed',
    Priority: 'Normal',
    ActivityDate: dayOf(i.completedAt ?? i.dueAt ?? i.at),
    TaskSubtype: i.kind === 'message' && i.channel === 'email' ? 'Email' : 'Task',
  });
}

export const toSalesforceTranscript = (t: ExportedTranscript, type: SalesforceObject): SalesforceRecord =>
  withValues('Task', {
    Switchboard_Id__c: t.id,
    Who: who(t.contactId, type),
    Subject: cut(`Conversation (${t.channel})`, 255),
    Description: cut(t.text, 32_000),
    Status: 'Completed',
    Priority: 'Normal',
    ActivityDate: dayOf(t.endedAt),
    TaskSubtype: 'Task',
  });
