/** The languages the app speaks. The last two exist to find what was not made for translation: longer words, and right to left. */
export const LANGUAGES = ['en', 'es', 'en-XA', 'ar-XB'] as const;
export type Language = (typeof LANGUAGES)[number];
export type LanguageChoice = 'system' | Language;

const SPOKEN: readonly Language[] = ['en', 'es'];

/** Every spoken language by its own name, as people look for theirs. */
export const LANGUAGE_NAMES: readonly { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'es', label: 'Español' },
];
export const TEST_LANGUAGES: readonly { value: Language; label: string }[] = [
  { value: 'en-XA', label: 'Ȧḗḗƈƈḗḗƞŧḗḗḓ' },
  { value: 'ar-XB', label: 'Right to left' },
];

const baseOf = (tag: string): string => tag.split('-', 1)[0] ?? tag;
const regionOf = (tag: string): string | undefined => {
  try {
    return new Intl.Locale(tag).region;
  } catch {
    return undefined;
  }
};

/** The first language of the system that the app speaks, else English. */
export function systemLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const spoken = SPOKEN.find((language) => language === baseOf(tag).toLowerCase());
    if (spoken) return spoken;
  }
  return 'en';
}

/**
 * The locale for dates and numbers. A system that speaks the chosen language says which kind of it (`es-MX`);
 * else the chosen language is paired with the region of the system, so that Spanish in Germany reads `es-DE`.
 */
export function formatLocaleOf(language: Language, wanted: readonly string[]): string {
  const base = baseOf(language);
  const same = wanted.find((tag) => baseOf(tag).toLowerCase() === base && regionOf(tag) !== undefined);
  if (same) return same;
  if (language === 'en-XA') return 'en';
  if (language === 'ar-XB') return 'ar-EG';
  const region = wanted.map(regionOf).find((each) => each !== undefined);
  return region === undefined ? base : `${base}-${region}`;
}

export const directionOf = (language: Language): 'ltr' | 'rtl' => (baseOf(language) === 'ar' ? 'rtl' : 'ltr');
