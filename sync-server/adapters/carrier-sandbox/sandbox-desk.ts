/** A text as the page shows it. `status` is where it stands on its way. */
export type SandboxText = {
  id: string;
  direction: 'in' | 'out';
  body: string;
  status: string;
  failure: string | null;
  createdAt: number;
};

/** What the sandbox page needs to see. server.ts hands it the inbox's own reads. */
export interface SandboxDesk {
  /** Numbers that tenants text from. */
  listNumbers(): Promise<{ e164: string; tenantName: string }[]>;
  /** Phones that lately exchanged texts with this number, newest first. */
  listPhones(number: string): Promise<{ phone: string; name: string }[]>;
  /** Texts between a number and a phone, oldest first. */
  listTexts(number: string, phone: string): Promise<SandboxText[]>;
}
