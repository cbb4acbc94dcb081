import { useRouter, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { ruleFromQuery, ruleToQuery } from '../../../../../shared/segments/rule-url.ts';
import type { SegmentRule } from '../../../../../shared/segments/segment.ts';
import { useContactList } from './contact-list-state.tsx';

const PATH = '/contacts';

const queryOf = (filter: SegmentRule | undefined): string =>
  filter ? `?${new URLSearchParams(ruleToQuery(filter)).toString()}` : '';

/** The filter stands in the address, so that a list can be linked, kept as a bookmark and found again by going back. */
export function useFilterUrl(): void {
  const router = useRouter();
  const { list, change } = useContactList();
  const query = useRouterState({ select: ({ location }) => (location.pathname === PATH ? location.searchStr : null) });
  const told = useRef<string | null>(null);
  // What the address says wins when somebody comes by it.
  useEffect(() => {
    if (query === null || query === told.current) return;
    if (query === '' && told.current === null) return;
    const { rule } = ruleFromQuery([...new URLSearchParams(query)]);
    told.current = query;
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
