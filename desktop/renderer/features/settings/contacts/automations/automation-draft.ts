import { EVERYBODY, type SegmentRule } from '../../../../../../shared/segments/segment.ts';
import {
  automationConditions,
  automationFields,
  automationProblems,
  type AutomationConditions,
  type StatusAutomation,
} from '../../../../../../shared/statuses/status-automation.ts';
import { findCircle } from '../../../../../../shared/statuses/status-chain.ts';
import type { WorkspaceItem } from '../../../../../../shared/workspace/workspace-item.ts';
import { saidInWords } from '../../../../lib/i18n/said-in-words.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { withoutEmptyGroups } from '../../../../lib/rules/rule-group.ts';

export type Automation = WorkspaceItem<'status_automation'>;
export type Existing = 'include' | 'from_now';

/** An automation while it is written: both kinds of trigger at once, so that trying the other one loses nothing. */
export type Draft = {
  name: string;
  triggerType: StatusAutomation['triggerType'];
  fromStatus: string;
  time: string;
  timeUnit: NonNullable<StatusAutomation['timeUnit']>;
  triggerStatus: string;
  targetStatus: string;
  hasConditions: boolean;
  rule: SegmentRule;
  /** Of other features; kept as they are. */
  others: Pick<AutomationConditions, 'campaignIds' | 'journeyIds'>;
  isActive: boolean;
  existing: Existing;
};

export const isEverybody = (rule: SegmentRule): boolean => 'all' in rule && rule.all.length === 0;

/** Undefined where a later version made them: then they cannot be said, and must not be changed. */
export function conditionsOf({ conditions }: Pick<Automation, 'conditions'>): AutomationConditions | null | undefined {
  if (conditions === null || conditions === undefined) return null;
  const read = automationConditions.safeParse(conditions);
  return read.success ? read.data : undefined;
}

export function draftOf(known: Automation | null): Draft {
  const conditions = known ? (conditionsOf(known) ?? null) : null;
  return {
    name: known?.name ?? '',
    triggerType: known?.triggerType ?? 'TIME_BASED',
    fromStatus: known?.fromStatus ?? '',
    time: known?.timeValue ? String(known.timeValue) : '',
    timeUnit: known?.timeUnit ?? 'HOURS',
    triggerStatus: known?.triggerStatus ?? '',
    targetStatus: known?.targetStatus ?? '',
    hasConditions: conditions !== null && (conditions.rule === null || !isEverybody(conditions.rule)),
    rule: conditions?.rule ?? EVERYBODY,
    others: { campaignIds: conditions?.campaignIds ?? [], journeyIds: conditions?.journeyIds ?? [] },
    isActive: known?.isActive ?? true,
    existing: 'from_now',
  };
}

/** What is sent: only what belongs to the chosen trigger. */
export function automationOf(draft: Draft): StatusAutomation {
  const isTimed = draft.triggerType === 'TIME_BASED';
  const rule = draft.hasConditions ? withoutEmptyGroups(draft.rule) : EVERYBODY;
  const hasOthers = draft.others.campaignIds.length + draft.others.journeyIds.length > 0;
  const timeValue = /^\d+$/u.test(draft.time.trim()) ? Number(draft.time) : null;
  return {
    name: draft.name.trim(),
    triggerType: draft.triggerType,
    fromStatus: (isTimed && draft.fromStatus) || null,
    timeValue: isTimed ? timeValue : null,
    timeUnit: isTimed ? draft.timeUnit : null,
    triggerStatus: (!isTimed && draft.triggerStatus) || null,
    targetStatus: draft.targetStatus || null,
    conditions: isEverybody(rule) && !hasOthers ? null : { rule: isEverybody(rule) ? null : rule, ...draft.others },
    isActive: draft.isActive,
  };
}

type World = {
  id: string;
  automations: readonly Automation[];
  statuses: readonly { key: string; name: string; isActive: boolean }[];
};

/** What the server would refuse, by field and in words, found out here so that it is said beside the field, offline too. */
export function problemsOf(one: StatusAutomation, { id, automations, statuses }: World): Record<string, string> {
  const problems = Object.fromEntries(
    Object.entries(automationProblems(one)).map(([field, text]) => [field, saidInWords(text)]),
  );
  const named = automationFields.shape.name.safeParse(one.name);
  if (!named.success) problems['name'] = saidInWords(named.error.issues[0]?.message ?? '');
  const target = statuses.find(({ key }) => key === one.targetStatus);
  if (one.isActive && target && !target.isActive)
    problems['targetStatus'] ??= t('{{status}} is switched off. Choose another status, or switch it on first.', {
      status: target.name,
    });
  const circle = one.isActive && !problems['targetStatus'] ? circleOf(one, id, automations) : null;
  if (circle) {
    const nameOf = (key: string) => statuses.find((status) => status.key === key)?.name ?? key;
    problems['targetStatus'] = t('Contacts would go round in a circle: {{way}}. Choose another status.', {
      way: circle.map(nameOf).join(' → '),
    });
  }
  return problems;
}

function circleOf(one: StatusAutomation, id: string, automations: readonly Automation[]): string[] | null {
  if (!one.triggerStatus || !one.targetStatus) return null;
  const links = automations.flatMap(({ id: linkId, isActive, triggerStatus, targetStatus }) =>
    isActive && triggerStatus ? [{ id: linkId, triggerStatus, targetStatus }] : [],
  );
  return findCircle(links, { id, triggerStatus: one.triggerStatus, targetStatus: one.targetStatus });
}

/** What decides when and whom: one that is changed in it begins anew, and contacts may be due already. */
const DECIDING = ['triggerType', 'fromStatus', 'timeValue', 'timeUnit', 'targetStatus'] as const;

/** Whether saving it asks what is to become of contacts that are due already. */
export const beginsAnew = (one: StatusAutomation, known: Automation | null): boolean =>
  one.triggerType === 'TIME_BASED' &&
  one.isActive &&
  (!known?.isActive || DECIDING.some((key) => (known[key] ?? null) !== one[key]));
