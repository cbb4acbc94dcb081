import { z } from 'zod';
import { statusKeyOf } from '../contacts/contact.ts';
import { readSourceRule } from '../segments/read-source-rule.ts';
import { segmentRule, type SegmentRule } from '../segments/segment.ts';

export const TRIGGER_TYPES = ['TIME_BASED', 'STATUS_CHANGE'] as const;
export const TIME_UNITS = ['MINUTES', 'HOURS', 'DAYS'] as const;
/** Ten years, by unit. */
const MOST = { MINUTES: 5_256_000, HOURS: 87_600, DAYS: 3_650 } as const;

/** Whom alone an automation moves: everything that is said must hold. Of campaigns and journeys one is enough. */
export type AutomationConditions = { rule: SegmentRule | null; campaignIds: string[]; journeyIds: string[] };

const ids = z.array(z.uuid()).max(1_000);
const conditions = z.strictObject({ rule: segmentRule.nullable(), campaignIds: ids, journeyIds: ids });

/**
 * A rule (segments/segment.ts), or conditions as other systems write them: `{campaignIds, journeyIds, tags, attributes}`. What is not
 * understood is refused, never ignored: a condition that is left out means other people.
 */
export const automationConditions = z
  .unknown()
  .transform((given, context): AutomationConditions => {
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message, input: given });
      return z.NEVER;
    };
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return refuse('Conditions are an object');
    if ('rule' in given) {
      const own = conditions.safeParse({ campaignIds: [], journeyIds: [], ...given });
      return own.success ? own.data : refuse(own.error.issues[0]?.message ?? 'These conditions are not understood');
    }
    const rule = segmentRule.safeParse(given);
    if (rule.success) return { rule: rule.data, campaignIds: [], journeyIds: [] };
    const { campaignIds = [], journeyIds = [], ...rest } = given as Record<string, unknown>;
    const listed = z.object({ campaignIds: ids, journeyIds: ids }).safeParse({ campaignIds, journeyIds });
    if (!listed.success) return refuse('Campaigns and journeys are named by their ids');
    if (Object.keys(rest).length === 0) return { rule: null, ...listed.data };
    const source = readSourceRule(rest);
    return source.ok ? { rule: source.rule, ...listed.data } : refuse(source.message);
  })
  .meta({ examples: [{ all: [] }, { tags: ['vip'] }, { campaignIds: [], tags: ['vip'] }] });

const statusKey = z
  .string()
  .max(60)
  .transform((name) => statusKeyOf(name) || null)
  .nullable();

/** An automation as people enter it. Statuses are named by key; `…Id` says the same by the status's id. */
export const automationFields = z.object({
  name: z.string().trim().min(1, 'Name the automation').max(100),
  triggerType: z.enum(TRIGGER_TYPES),
  /** TIME_BASED: whom it counts for, null anybody who has a status. Time counts from when they got the one they have. */
  fromStatus: statusKey,
  fromStatusId: z.uuid().nullable(),
  timeValue: z.number().int().min(1).max(MOST.MINUTES).nullable(),
  /** Minutes and hours pass; days are those of the calendar in the workspace's zone, at the same time of day. */
  timeUnit: z.enum(TIME_UNITS).nullable(),
  /** STATUS_CHANGE: who gets this status, by whatever hand. */
  triggerStatus: statusKey,
  triggerStatusId: z.uuid().nullable(),
  targetStatus: statusKey,
  targetStatusId: z.uuid().nullable(),
  conditions: automationConditions.nullable(),
  isActive: z.boolean(),
});

export type AutomationFields = z.output<typeof automationFields>;

/** What an automation is once its statuses are known by key. */
export type StatusAutomation = Omit<AutomationFields, 'fromStatusId' | 'triggerStatusId' | 'targetStatusId'>;

/** What is wrong with an automation, by field, in words. Whether its statuses exist, and circles, are the server's to say. */
export function automationProblems(one: StatusAutomation): Record<string, string> {
  const problems: Record<string, string> = {};
  if (!one.targetStatus) problems['targetStatus'] = 'Choose the status it gives';
  if (one.triggerType === 'TIME_BASED') {
    if (one.triggerStatus) problems['triggerStatus'] = 'What goes by time has no status that sets it off';
    if (!one.timeValue || !one.timeUnit) problems['timeValue'] = 'Say after how many minutes, hours or days';
    else if (one.timeValue > MOST[one.timeUnit]) problems['timeValue'] = 'Choose at most ten years';
    if (one.fromStatus && one.fromStatus === one.targetStatus)
      problems['targetStatus'] = 'Choose another status than before';
  } else {
    if (!one.triggerStatus) problems['triggerStatus'] = 'Choose the status that sets it off';
    if (one.fromStatus) problems['fromStatus'] = 'Only what goes by time has a status before';
    if (one.timeValue || one.timeUnit) problems['timeValue'] = 'Only what goes by time has a time';
    if (one.triggerStatus && one.triggerStatus === one.targetStatus)
      problems['targetStatus'] = 'Choose another status than the one that sets it off';
  }
  return problems;
}
