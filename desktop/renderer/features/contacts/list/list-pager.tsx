import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useActions } from '../../../lib/actions/actions.tsx';
import { t } from '../../../lib/i18n/t.ts';
import { IconButton } from '../../../ui/button.tsx';

type ListPagerProps = { page: number; pages: number; total: number; onPage: (page: number) => void };

/** Page x of y with the total, for who likes pages better than one long list. */
export function ListPager({ page, pages, total, onPage }: ListPagerProps) {
  const [before, after] = [page > 0, page < pages - 1];
  useActions([
    {
      id: 'contacts.previousPage',
      label: t('Previous page'),
      icon: ChevronLeft,
      section: t('List'),
      shortcuts: ['shift+pageup'],
      when: () => before,
      run: () => onPage(page - 1),
    },
    {
      id: 'contacts.nextPage',
      label: t('Next page'),
      icon: ChevronRight,
      section: t('List'),
      shortcuts: ['shift+pagedown'],
      when: () => after,
      run: () => onPage(page + 1),
    },
  ]);
  return (
    <nav className="pager" aria-label={t('Pages')}>
      <span className="num text-small text-ink-2">
        {t('Page {{page}} of {{pages}}', { page: page + 1, pages: Math.max(1, pages) })}
      </span>
      <IconButton
        size="sm"
        icon={ChevronLeft}
        label={t('Previous page')}
        shortcut="shift+pageup"
        disabled={!before}
        onClick={() => onPage(page - 1)}
      />
      <IconButton
        size="sm"
        icon={ChevronRight}
        label={t('Next page')}
        shortcut="shift+pagedown"
        disabled={!after}
        onClick={() => onPage(page + 1)}
      />
      <span className="num text-small text-ink-3">{t('{{count}} contacts', { count: total })}</span>
    </nav>
  );
}
