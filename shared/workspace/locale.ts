import { z } from 'zod';

/** An IANA time zone that this machine knows, like `America/Chicago`. */
export const timeZone = z
  .string()
  .max(64)
  .refine((zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return zone.includes('/') || zone === 'UTC';
    } catch {
      return false;
    }
  }, 'This is not a time zone. Choose one like America/Chicago.')
  .meta({ examples: ['America/Chicago', 'Europe/Berlin', 'UTC'] });

/** A BCP 47 language tag, like `en` or `es-MX`. */
export const language = z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/, 'This is not a language');

/** An ISO 4217 code, like `USD`. */
export const currency = z.string().regex(/^[A-Z]{3}$/, 'A currency is three letters, like USD');

/** An ISO 3166 code, like `US`. */
export const country = z.string().regex(/^[A-Z]{2}$/, 'A country is two letters, like US');

const minute = z
  .number()
  .int()
  .min(0)
  .max(24 * 60);

/**
 * When the business is open: for each day of the week (0 is Sunday) the stretches in minutes since midnight in the workspace’s zone.
 * A stretch excludes its end, does not touch the next one of its day and does not cross midnight. A day without stretches is closed.
 */
export const businessHours = z
  .array(z.array(z.object({ from: minute, to: minute })).max(4))
  .length(7)
  .refine(
    (days) =>
      days.every((stretches) =>
        stretches.every(({ from, to }, i) => from < to && (i === 0 || from > (stretches[i - 1]?.to ?? 0))),
      ),
    'Each stretch ends after it begins, and before the next one begins.',
  )
  .meta({
    examples: [
      [
        [],
        [
          { from: 540, to: 720 },
          { from: 780, to: 1_020 },
        ],
        [],
        [],
        [],
        [],
        [],
      ],
    ],
  });

export type BusinessHours = z.output<typeof businessHours>;
