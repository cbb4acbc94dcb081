import type { AutomationConditions } from '../../../../../../shared/statuses/status-automation.ts';
import { ruleToWords } from '../../../../../../shared/segments/rule-words.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { formatList } from '../../../../lib/format/format-list.ts';
import { ruleText } from '../../../../lib/rules/rule-sentence.tsx';
import { isEverybody } from './automation-draft.ts';
import { useContactSetup, useRuleNames } from '../../../../lib/rules/use-rule-names.ts';

/** Statuses by name and conditions in words. */
export function useAutomationWords() {
  const { statuses } = useContactSetup();
  const nameOf = useRuleNames();
  return {
    statusName: (key: string) =>
      statuses.find((status) => status.key === key)?.name ?? t('deleted', { context: 'a thing' }),
    conditionText: (conditions: AutomationConditions | null): string | null => {
      if (!conditions) return null;
      const { rule, campaignIds, journeyIds } = conditions;
      const said = [
        ...(rule && !isEverybody(rule) ? [ruleText(ruleToWords(rule), nameOf)] : []),
        ...(campaignIds.length + journeyIds.length > 0
          ? [
              t('they are in one of {{count}} campaigns and journeys', {
                count: campaignIds.length + journeyIds.length,
              }),
            ]
          : []),
      ];
      return said.length > 0 ? formatList(said) : null;
    },
  };
}
