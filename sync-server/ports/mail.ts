/** A mail to one person. Text and HTML say the same; neither loads anything from elsewhere. */
export type Mail = { to: string; subject: string; text: string; html: string };

/**
 * What became of a mail. `sent`: a server has taken it; whether it arrives is not known.
 * `retry`: certainly not taken, may be tried again. `rejected`: will never be taken; `reason` is for people.
 */
export type MailOutcome =
  | { status: 'sent'; id: string }
  | { status: 'retry'; reason: string }
  | { status: 'rejected'; reason: string };

/** Sends mails. Never throws for what a mail server or the network does: that is an outcome. */
export interface Mailer {
  /** `sandbox`: mails stay here, on a page. */
  readonly mode: 'live' | 'sandbox';
  send(mail: Mail): Promise<MailOutcome>;
  /** Whether mails can be handed over now; null when they can, else why not, in words. */
  check(): Promise<string | null>;
}
