/** An English sentence with `{{names}}`, ready to be found in a text that somebody else filled in. */
export type Template = { key: string; names: readonly string[]; pattern: RegExp; fixed: number };

const PLACE = /\{\{(\w+)\}\}/gu;

export function compileTemplate(key: string): Template {
  const names = [...key.matchAll(PLACE)].map(([, name = '']) => name);
  const parts = key.split(PLACE).filter((_, index) => index % 2 === 0);
  return {
    key,
    names,
    pattern: new RegExp(`^${parts.map((part) => escaped(part)).join('(.+?)')}$`, 'su'),
    fixed: parts.join('').length,
  };
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, '\\$&');

/** What stands in the places of the template, or null when the text is another one. */
export function readTemplate({ names, pattern }: Template, text: string): Record<string, string> | null {
  const found = pattern.exec(text);
  return found && Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? '']));
}
