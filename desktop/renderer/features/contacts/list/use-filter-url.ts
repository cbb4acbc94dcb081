import { useRouter, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { ruleFromQuery, ruleToQuery } from '../../../../../shared/segments/rule-url.ts';
import type { SegmentRule } from '../../../../../shared/segments/segment.ts';
import { formatList } from '../../../lib/format/format-list.ts';
import { t } from '../../../lib/i18n/t.ts';
import { showError } from '../../../ui/toaster.tsx';
import { useContactList } from './contact-list-state.tsx';

const PATH = '/contacts';

const queryOf = (filter: SegmentRule | undefined): string =>
  filter ? `?${new URLSearchParams(ruleToQuery(filter)).toString()}` : '';

/** The filter stands in the address, so that a list can be linked, kept as a bookmark and found again by going back. */
export function useFilterUrl(): void {
  const router = useRouter();
  const { list, change } = useContactList();
  // As it was written: the router reads a text of digits as a number.
  const query = useRouterState({
    select: ({ location }) => (location.pathname === PATH ? router.history.location.search : null),
  });
  const told = useRef<string | null>(null);
  // What the address says wins when somebody comes by it.
  useEffect(() => {
    if (query === null || query === told.current) return;
    if (query === '' && told.current === null) return;
    const { rule, ignored } = ruleFromQuery([...new URLSearchParams(query)]);
    told.current = query;
    if (ignored.length > 0)
      showError({
        code: 'invalid_input',
        message: t('A part of this address is no filter, so the list shows more than it meant: {{names}}.', {
          names: formatList([...new Set(ignored)]),
        }),
      });
    change({ filter: rule.all.length > 0 ? rule : undefined });
    // `change` is new with every list.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [query]);
  useEffect(() => {
    const wanted = queryOf(list.filter);
    if (wanted === (told.current ?? '')) return;
    told.current = wanted;
    if (router.state.location.pathname === PATH) router.history.replace(`${PATH}${wanted}`);
  }, [list.filter, router]);
}
