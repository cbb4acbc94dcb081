import { TriangleAlert } from 'lucide-react';
import { toSearchText } from '../../../../shared/kernel/search-text.ts';
import { checkRule, type NamedThing, type RuleProblem } from '../../../../shared/segments/check-rule.ts';
import { segmentRule, type SegmentRule } from '../../../../shared/segments/segment.ts';
import { Notice } from '../../ui/notice.tsx';
import { t } from '../i18n/t.ts';
import { useIdentity } from '../use-identity.ts';
import { useQuery } from '../use-query.ts';

/** What of a rule names something that is gone, and what becomes of the condition then. Nothing where all of it is there. */
export function RuleProblems({ rule }: { rule: SegmentRule }) {
  const problems = useRuleProblems(rule);
  if (problems.length === 0) return null;
  const lines = [...new Set(problems.map(problemText))];
  return (
    <div role="status">
      <Notice
        tone="warning"
        icon={<TriangleAlert size={16} aria-hidden="true" />}
        title={t('A condition names what is not there any more')}
      >
        {lines.map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
      </Notice>
    </div>
  );
}

function useRuleProblems(rule: SegmentRule): RuleProblem[] {
  const { data: setup } = useQuery('contacts.setup', {});
  const { data: members } = useQuery('members.list', {});
  const { data: tags } = useQuery('tags.ofContacts', { contactIds: null });
  const tenantId = useIdentity()?.tenantId ?? '';
  // Nothing is said to be gone before it is known what is there.
  if (!setup || !members || !tags) return [];
  const has = (list: readonly { id: string }[], id: string) => list.some((one) => one.id === id);
  const isThere = ({ kind, id }: NamedThing): boolean => {
    switch (kind) {
      case 'status':
        return setup.statuses.some(({ key }) => key === id);
      case 'member':
        return has(members, id);
      case 'pipeline':
        return has(setup.pipelines, id);
      case 'stage':
        return has(setup.stages, id);
      case 'page':
        return has(setup.pages, id);
      case 'group':
        return has(setup.groups, id);
      case 'tag':
        return tags.some((name) => toSearchText(name) === toSearchText(id));
      case 'attribute':
        return setup.attributes.some(({ key }) => key === id);
    }
  };
  const findSegment = (id: string) => {
    const found = setup.segments.find((segment) => segment.id === id);
    if (!found) return null;
    if (found.kind === 'static') return { kind: 'static' } as const;
    const read = segmentRule.safeParse(found.rule);
    return { kind: 'dynamic', rule: read.success ? read.data : null } as const;
  };
  // What is gone does not depend on when and where it is asked.
  return checkRule(rule, { now: 0, zone: 'UTC', tenantId, findSegment }, isThere);
}

function problemText(problem: RuleProblem): string {
  switch (problem.problem) {
    case 'gone':
      return goneText(problem);
    case 'missing':
      return t('A segment was deleted: nobody is in it. Choose another one, or take the condition away.');
    case 'cycle':
      return t('A segment refers to itself by way of another: nobody is in it. Change one of them.');
    case 'unreadable':
      return t('A segment was made by a later version: nobody is found in it here. Update Switchboard.');
    default:
      return t('Segments refer to each other too often to be followed: nobody is in them. Say it with fewer.');
  }
}

function goneText({ kind, id }: NamedThing): string {
  switch (kind) {
    case 'status':
      return t('The status “{{name}}” was deleted: nobody has it. Choose another one, or take it away.', { name: id });
    case 'tag':
      return t('There is no tag “{{name}}” any more: nobody has it. Choose another one, or take it away.', {
        name: id,
      });
    case 'attribute':
      return t(
        '“{{name}}” is not among the contact fields. The condition looks at the values that contacts still have.',
        {
          name: id,
        },
      );
    case 'member':
      return t('Somebody is not in the team any more: nobody is theirs. Choose somebody else, or take it away.');
    case 'pipeline':
      return t('A pipeline was deleted: nobody is in it. Choose another one, or take it away.');
    case 'stage':
      return t('A stage was deleted: nobody is in it. Choose another one, or take it away.');
    case 'page':
      return t('A page was taken away: nobody is of it. Choose another one, or take it away.');
    case 'group':
      return t('A group was deleted: nobody is in it. Choose another one, or take it away.');
  }
}
