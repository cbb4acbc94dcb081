import { useMemo } from 'react';
import type { ContactSetup } from '../../../../shared/bridge/contacts-contract.ts';
import type { ScoreBand } from '../../../../shared/segments/score-band.ts';
import type { WordValue } from '../../../../shared/segments/rule-words.ts';
import { formatCount } from '../format/format-count.ts';
import { formatMoney } from '../format/format-money.ts';
import { formatDate } from '../format/format-time.ts';
import { t } from '../i18n/t.ts';
import { useQuery } from '../use-query.ts';

const NO_SETUP: ContactSetup = {
  statuses: [],
  automations: [],
  pipelines: [],
  stages: [],
  groups: [],
  segments: [],
  attributes: [],
  pages: [],
};

/** What the workspace has set up for its contacts; nothing while it is being read. */
export const useContactSetup = (): ContactSetup => useQuery('contacts.setup', {}).data ?? NO_SETUP;

/** The currency amounts are in. */
export const useCurrency = (): string => useQuery('workspace.get', {}).data?.currency ?? 'USD';

export const bandWords = (): Record<ScoreBand, string> => ({
  cold: t('Cold'),
  warm: t('Warm'),
  hot: t('Hot'),
  veryHot: t('Very hot'),
});

export const sentimentWords = (): Record<string, string> => ({
  hot: t('Hot', { context: 'mood' }),
  cold: t('Cold', { context: 'mood' }),
  ghosted: t('Ghosted'),
  unsure: t('Unsure'),
});

/** Names a value of a rule. What was deleted is said to be. */
export function useRuleNames(): (value: WordValue) => string {
  const setup = useContactSetup();
  const { data: members } = useQuery('members.list', {});
  const currency = useCurrency();
  return useMemo(() => {
    const named = (list: readonly { id: string; name: string }[] | undefined, id: string) =>
      list?.find((one) => one.id === id)?.name ?? t('deleted', { context: 'a thing' });
    return (value) => {
      switch (value.kind) {
        case 'text':
          return value.text;
        case 'tag':
          return value.name;
        case 'number':
          return formatCount(value.value);
        case 'truth':
          return value.value ? t('yes') : t('no');
        case 'cents':
          return formatMoney(value.cents, currency);
        case 'score':
          return value.band ? bandWords()[value.band] : formatCount(value.score);
        case 'date':
          return formatDate(value.date);
        case 'days':
          return t('{{count}} days', { count: value.days });
        case 'status':
          return setup.statuses.find(({ key }) => key === value.key)?.name ?? t('deleted', { context: 'a thing' });
        case 'sentiment':
          return sentimentWords()[value.sentiment] ?? value.sentiment;
        case 'member':
          return named(members, value.id);
        case 'pipeline':
          return named(setup.pipelines, value.id);
        case 'stage':
          return named(setup.stages, value.id);
        case 'page':
          return named(setup.pages, value.id);
        case 'group':
          return named(setup.groups, value.id);
        case 'segment':
          return named(setup.segments, value.id);
        case 'consent':
          return { marketing: t('marketing'), automated: t('automated calls and texts'), any: t('anything') }[
            value.consent
          ];
      }
    };
  }, [setup, members, currency]);
}
