/**
 * English needs an entry only where one thing is said otherwise than many: the key itself is the sentence for many,
 * `…_one` is the one for one.
 */
export const EN: Readonly<Record<string, string>> = {};
