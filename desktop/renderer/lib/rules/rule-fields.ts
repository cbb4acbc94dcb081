import {
  AtSign,
  Ban,
  Bell,
  Building2,
  CalendarDays,
  CalendarPlus,
  CircleDot,
  Flag,
  Filter,
  Gauge,
  Globe,
  HandCoins,
  History,
  Camera,
  Languages,
  MessageCircle,
  Phone,
  PhoneOff,
  Signature,
  Smile,
  SquareKanban,
  Tag,
  TriangleAlert,
  User,
  UserCheck,
  Users,
  type LucideIcon,
} from 'lucide-react';
import type { LeafField } from '../../../../shared/segments/segment-leaf.ts';
import { t } from '../i18n/t.ts';

/** How a condition on a field is chosen. */
export type EditorKind =
  | 'text'
  | 'number'
  | 'score'
  | 'money'
  | 'moment'
  | 'choice'
  | 'tags'
  | 'groups'
  | 'flag'
  | 'consent'
  | 'segment'
  | 'attribute'
  | 'search';

export type RuleField = { field: LeafField; label: string; kind: EditorKind; icon: LucideIcon };

/** What contacts can be told apart by, what is asked for most first. */
export const ruleFields = (): RuleField[] => [
  { field: 'stageId', label: t('stage'), kind: 'choice', icon: SquareKanban },
  { field: 'leadStatus', label: t('status'), kind: 'choice', icon: CircleDot },
  { field: 'leadScore', label: t('score'), kind: 'score', icon: Gauge },
  { field: 'tags', label: t('tags'), kind: 'tags', icon: Tag },
  { field: 'ownerId', label: t('owner', { context: 'contact' }), kind: 'choice', icon: User },
  { field: 'createdAt', label: t('date added'), kind: 'moment', icon: CalendarPlus },
  { field: 'hasMessenger', label: t('on Messenger'), kind: 'flag', icon: MessageCircle },
  { field: 'hasInstagram', label: t('on Instagram'), kind: 'flag', icon: Camera },
  { field: 'facebookPageId', label: t('page'), kind: 'choice', icon: Flag },
  { field: 'sentiment', label: t('mood'), kind: 'choice', icon: Smile },
  { field: 'estimatedRevenueCents', label: t('value'), kind: 'money', icon: HandCoins },
  { field: 'actualRevenueCents', label: t('revenue'), kind: 'money', icon: HandCoins },
  { field: 'lastInboundAt', label: t('last answer'), kind: 'moment', icon: History },
  { field: 'lastOutboundAt', label: t('last message to them'), kind: 'moment', icon: History },
  { field: 'lastInteractionAt', label: t('last touch'), kind: 'moment', icon: History },
  { field: 'stageEnteredAt', label: t('date of the stage'), kind: 'moment', icon: CalendarDays },
  { field: 'statusEnteredAt', label: t('date of the status'), kind: 'moment', icon: CalendarDays },
  { field: 'pipelineId', label: t('pipeline'), kind: 'choice', icon: SquareKanban },
  { field: 'groups', label: t('groups'), kind: 'groups', icon: Users },
  { field: 'segment', label: t('segment'), kind: 'segment', icon: Filter },
  { field: 'attribute', label: t('attribute'), kind: 'attribute', icon: CircleDot },
  { field: 'consent', label: t('consent'), kind: 'consent', icon: UserCheck },
  { field: 'optedOut', label: t('opted out'), kind: 'flag', icon: Ban },
  { field: 'doNotCall', label: t('on a do-not-call list'), kind: 'flag', icon: PhoneOff },
  { field: 'emergency', label: t('emergency'), kind: 'flag', icon: TriangleAlert },
  { field: 'firstName', label: t('first name'), kind: 'text', icon: Signature },
  { field: 'lastName', label: t('last name'), kind: 'text', icon: Signature },
  { field: 'company', label: t('company'), kind: 'text', icon: Building2 },
  { field: 'phone', label: t('phone'), kind: 'text', icon: Phone },
  { field: 'email', label: t('email'), kind: 'text', icon: AtSign },
  { field: 'source', label: t('source'), kind: 'text', icon: Bell },
  { field: 'locale', label: t('language'), kind: 'text', icon: Languages },
  { field: 'timezone', label: t('time zone'), kind: 'text', icon: Globe },
  { field: 'updatedAt', label: t('last change'), kind: 'moment', icon: History },
];

export const findRuleField = (field: LeafField): RuleField | null =>
  ruleFields().find((one) => one.field === field) ?? null;

export const fieldLabel = (field: LeafField): string => findRuleField(field)?.label ?? field;
