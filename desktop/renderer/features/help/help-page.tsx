import { Link } from '@tanstack/react-router';
import { BookOpen, Compass, Search } from 'lucide-react';
import { useState } from 'react';
import { useLanguage } from '../../lib/i18n/use-language.ts';
import { t } from '../../lib/i18n/t.ts';
import { useIsNarrow } from '../../lib/use-media.ts';
import { Button } from '../../ui/button.tsx';
import { articleIn, findArticles, type ArticleId } from './articles.ts';
import { Markdown } from './markdown.tsx';
import { useTour } from './use-tour.ts';

/** How things are done here, to be searched and read, also without a line. */
export function HelpPage({ article }: { article: ArticleId | null }) {
  const language = useLanguage();
  const narrow = useIsNarrow();
  const { resume } = useTour();
  const [text, setText] = useState('');
  const found = findArticles(text, language);
  const open = article ?? (narrow ? null : (found[0]?.id ?? null));
  const shown = open === null ? null : articleIn(open, language);
  return (
    <>
      <header className="top">
        <h1>{t('Help')}</h1>
        <div className="ms-auto flex gap-1">
          <Button size="sm" look="ghost" icon={Compass} onClick={resume}>
            {t('Take the tour')}
          </Button>
        </div>
      </header>
      <div className="body">
        {(!narrow || article === null) && (
          <nav className="setnav !w-60 max-[640px]:!w-full" aria-label={t('Articles')}>
            <label className="field quiet mb-1">
              <Search size={14} aria-hidden="true" />
              <input
                type="search"
                aria-label={t('Find in the help')}
                placeholder={t('Find in the help')}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </label>
            {found.map(({ id, title }) => (
              <Link
                key={id}
                to="/help/$article"
                params={{ article: id }}
                className="nav-item"
                aria-current={id === open ? 'page' : undefined}
              >
                <BookOpen size={14} aria-hidden="true" />
                <span className="trunc" title={title}>
                  {title}
                </span>
              </Link>
            ))}
            {found.length === 0 && (
              <p className="p-2 text-small text-ink-3">{t('No article holds “{{text}}”.', { text })}</p>
            )}
          </nav>
        )}
        {shown && (
          <div className="pane flex-1">
            <article className="page-column" aria-labelledby="article-title">
              {narrow && (
                <Link to="/help" className="link text-small">
                  {t('All articles')}
                </Link>
              )}
              <h2 id="article-title" className="display-name mb-3">
                {shown.title}
              </h2>
              <Markdown text={shown.text} />
            </article>
          </div>
        )}
      </div>
    </>
  );
}
