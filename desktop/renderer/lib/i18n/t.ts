import { wordsFor } from './i18n.ts';

/** The names between double braces. */
type Names<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Names<Rest> : never;

type ValueOf<Name extends string> = Name extends 'count' ? number : string | number;

/** `context` tells apart two meanings of one English word: `t('Open', { context: 'state' })`. A sentence may depend on a count it does not name. */
type Meaning = { context?: string; count?: number };

type Rest<Text extends string> = [Names<Text>] extends [never]
  ? [values?: Meaning]
  : [values: { [Name in Names<Text>]: ValueOf<Name> } & Meaning];

/** Only words that stand in the source can be found by the test that compares the catalogs. */
type Literal<Text extends string> = string extends Text ? never : Text;

/**
 * The English sentence in the language of the reader. Numbers among the values are written as that language writes them;
 * `count` chooses between the forms for one and for many. Call it while rendering or acting, never while a module loads:
 * the language changes without a reload.
 */
export const t = <const Text extends string>(text: Literal<Text>, ...values: Rest<Text>): string =>
  wordsFor(text, values[0]);
