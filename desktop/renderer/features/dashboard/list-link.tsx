import type { ReactNode } from 'react';
import { ruleToQuery } from '../../../../shared/segments/rule-url.ts';
import type { SegmentRule } from '../../../../shared/segments/segment.ts';

export type OnList = (rule: SegmentRule) => void;

type ListLinkProps = { rule: SegmentRule; onList: OnList; className?: string; title?: string; children: ReactNode };

const queryOf = (rule: SegmentRule): string => {
  const query = new URLSearchParams(ruleToQuery(rule)).toString();
  return query && `?${query}`;
};

/** A number as a link to the list of contacts that proves it. The address is that of the list, for whoever copies it. */
export const ListLink = ({ rule, onList, children, ...rest }: ListLinkProps) => (
  <a
    {...rest}
    href={`#/contacts${queryOf(rule)}`}
    onClick={(event) => {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      onList(rule);
    }}
  >
    {children}
  </a>
);
