/** The GSM 03.38 basic alphabet and, doubled because each takes an escape, its extension. Source: 3GPP TS 23.038, 6.2.1. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENDED = new Set('\f^{}\\[~]|€');

/** How a text travels: `characters` counts what the alphabet needs (an extension sign counts two), `parts` is what is billed. */
export type SmsSegments = { alphabet: 'gsm7' | 'ucs2'; characters: number; parts: number };

const LIMITS = { gsm7: { one: 160, each: 153 }, ucs2: { one: 70, each: 67 } };

/**
 * The parts of a text message: 160 characters in one or 153 in each of several, 70 and 67 as soon as one sign is
 * outside the GSM alphabet. A two-unit sign (emoji, or an escaped one) is never cut in half, so a part may end early.
 */
export function countSmsSegments(text: string): SmsSegments {
  const signs = Array.from(text);
  const alphabet = signs.every((sign) => BASIC.has(sign) || EXTENDED.has(sign)) ? 'gsm7' : 'ucs2';
  const widths = signs.map((sign) => (alphabet === 'gsm7' ? (EXTENDED.has(sign) ? 2 : 1) : sign.length));
  const characters = widths.reduce((sum, width) => sum + width, 0);
  const { one, each } = LIMITS[alphabet];
  if (characters <= one) return { alphabet, characters, parts: characters === 0 ? 0 : 1 };
  let parts = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > each) {
      parts += 1;
      used = 0;
    }
    used += width;
  }
  return { alphabet, characters, parts };
}
