import { toSearchText } from '../../../../shared/kernel/search-text.ts';
import type { Language } from '../../lib/i18n/language.ts';

const FILES = import.meta.glob<string>('./articles/*/*.md', { query: '?raw', import: 'default', eager: true });

/** In the order they are listed. */
export const ARTICLES = [
  'first-steps',
  'contacts',
  'filters',
  'contact-page',
  'pipelines',
  'statuses',
  'duplicates',
  'files',
  'dashboard',
  'tasks',
  'notifications',
  'activity',
  'offline',
  'people',
  'safety',
  'whats-new',
] as const;
export type ArticleId = (typeof ARTICLES)[number];
export type Article = { id: ArticleId; title: string; text: string };

export const isArticle = (text: string): text is ArticleId => (ARTICLES as readonly string[]).includes(text);

/** The article in the language of the reader; in English where it is not written in it. */
export function articleIn(id: ArticleId, language: Language): Article {
  const text = FILES[`./articles/${language}/${id}.md`] ?? FILES[`./articles/en/${id}.md`] ?? '';
  const [first = '', ...rest] = text.split('\n');
  return { id, title: first.replace(/^#\s*/u, ''), text: rest.join('\n').trim() };
}

/** Those that hold every word, the ones with a word in the title first. */
export function findArticles(sought: string, language: Language): Article[] {
  const words = toSearchText(sought).split(' ').filter(Boolean);
  const holds = (text: string) => words.every((word) => toSearchText(text).includes(word));
  const found = ARTICLES.map((id) => articleIn(id, language)).filter(({ title, text }) => holds(`${title} ${text}`));
  return found.toSorted((a, b) => Number(holds(b.title)) - Number(holds(a.title)));
}
