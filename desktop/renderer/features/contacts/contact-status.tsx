import type { ContactFields } from '../../../../shared/contacts/contact.ts';

export type LeadStatus = NonNullable<ContactFields['leadStatus']>;

export const STATUS_WORDS: Record<LeadStatus, string> = {
  new: 'New',
  contacted: 'Contacted',
  qualified: 'Qualified',
  won: 'Won',
  lost: 'Lost',
};

/** A disc that fills up as the lead moves on, and the word. */
export function StatusMark({ status, edited = false }: { status: LeadStatus; edited?: boolean }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className="status-dot" data-status={status} aria-hidden="true" />
      <span className={edited ? 'edited' : ''}>{STATUS_WORDS[status]}</span>
    </span>
  );
}
