import type { RuleWords } from '../../../../shared/segments/rule-words.ts';
import { ruleToWords } from '../../../../shared/segments/rule-words.ts';
import type { SegmentRule } from '../../../../shared/segments/segment.ts';
import { formatList } from '../format/format-list.ts';
import { t } from '../i18n/t.ts';
import { leafSentence } from './leaf-sentence.ts';
import { useRuleNames } from './use-rule-names.ts';

type NameOf = ReturnType<typeof useRuleNames>;

/** A rule in one line of plain words. */
export function ruleText(words: RuleWords, nameOf: NameOf): string {
  switch (words.kind) {
    case 'everybody':
      return t('everybody');
    case 'nobody':
      return t('nobody');
    case 'leaf': {
      const { about, value } = leafSentence(words, nameOf);
      return `${about} ${value}`.trim();
    }
    case 'neither':
      return t('none of: {{conditions}}', { conditions: joined(words.parts, nameOf, 'or') });
    default:
      return joined(words.parts, nameOf, words.kind === 'all' ? 'and' : 'or');
  }
}

const joined = (parts: readonly RuleWords[], nameOf: NameOf, joint: 'and' | 'or'): string =>
  formatList(
    parts.map((part) =>
      part.kind === 'all' || part.kind === 'any' ? `(${ruleText(part, nameOf)})` : ruleText(part, nameOf),
    ),
    joint,
  );

/** A condition in words: grey what is looked at, strong what it has to be. */
export function RuleSentence({ rule }: { rule: SegmentRule }) {
  const nameOf = useRuleNames();
  const words = ruleToWords(rule);
  if (words.kind !== 'leaf') return <b>{ruleText(words, nameOf)}</b>;
  const { about, value } = leafSentence(words, nameOf);
  return (
    <>
      <em>{about}</em> {value && <b>{value}</b>}
    </>
  );
}
