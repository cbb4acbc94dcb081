import { z } from 'zod';

export const EXPORT_FORMATS = ['csv', 'xlsx', 'vcard', 'salesforce'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** As what contacts go to Salesforce. */
export const SALESFORCE_OBJECTS = ['Lead', 'Contact'] as const;
export type SalesforceObject = (typeof SALESFORCE_OBJECTS)[number];

/** What a file holds. `interactions` are messages, notes and tasks one by one, `transcripts` whole conversations as text. */
export const exportParts = z.object({
  contacts: z.boolean().default(true),
  interactions: z.boolean().default(false),
  transcripts: z.boolean().default(false),
});

export type ExportParts = z.output<typeof exportParts>;

/** A vCard holds people alone. Nothing chosen is nothing to write. */
export const partsOf = (format: ExportFormat, parts: ExportParts): (keyof ExportParts)[] =>
  format === 'vcard'
    ? ['contacts']
    : (['contacts', 'interactions', 'transcripts'] as const).filter((part) => parts[part]);

/** Several tables of text go into one archive; the other formats hold them all. */
export function fileNameOf(
  format: ExportFormat,
  parts: readonly string[],
  day: string,
): { name: string; type: string } {
  const name = `switchboard-contacts-${day}`;
  switch (format) {
    case 'csv':
      return parts.length > 1
        ? { name: `${name}.zip`, type: 'application/zip' }
        : { name: `${name}.csv`, type: 'text/csv' };
    case 'xlsx':
      return { name: `${name}.xlsx`, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
    case 'vcard':
      return { name: `${name}.vcf`, type: 'text/vcard' };
    case 'salesforce':
      return { name: `${name}.json`, type: 'application/json' };
  }
}
