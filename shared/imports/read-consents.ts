import type { CONSENT_FORMS } from '../contacts/consent-operations.ts';
import type { ImportedConsent } from './import-row.ts';

type Said = { given?: boolean; at?: number; until?: number };

/** What the columns of a row say of agreements. */
export type ConsentCells = {
  marketing?: Said;
  automated?: Said;
  source?: string;
  kind?: (typeof CONSENT_FORMS)[number];
};

/** Agreements of a row. A date alone says that it was given: nobody notes when somebody did not agree. */
export function readConsents({ marketing, automated, source = '', kind = 'import' }: ConsentCells): ImportedConsent[] {
  return [['marketing', marketing] as const, ['automated', automated] as const].flatMap(([purpose, said]) => {
    if (!said) return [];
    const act = said.given === false ? 'withdrawn' : 'given';
    const expiresAt = act === 'given' ? (said.until ?? null) : null;
    return [{ act, purpose, kind, source: source || null, givenAt: said.at ?? null, expiresAt }];
  });
}
