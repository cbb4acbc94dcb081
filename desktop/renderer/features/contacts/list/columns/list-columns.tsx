import type { ReactNode } from 'react';
import type { ContactRow, SortKey } from '../../../../../../shared/bridge/contacts-contract.ts';
import { contactName } from '../../../../lib/contacts/contact-name.ts';
import { formatMoney } from '../../../../lib/format/format-money.ts';
import { formatPhone } from '../../../../lib/format/format-phone.ts';
import { formatAgo, formatFull } from '../../../../lib/format/format-time.ts';
import { Highlight } from '../../../../lib/highlight.tsx';
import { t } from '../../../../lib/i18n/t.ts';
import { Avatar } from '../../../../ui/avatar.tsx';
import { Score } from '../../../../ui/score.tsx';
import { StatusMark } from '../../contact-status.tsx';
import { LastMessageCell, PlatformMarks, SentimentMark, StageMark } from '../../../../lib/contacts/contact-marks.tsx';
import type { ColumnKey } from './list-view.ts';

/** What cells need to know besides the contact. */
export type CellContext = {
  search: string;
  country: string;
  currency: string;
  now: number;
  nameOfMember: (id: string) => string | null;
  nameOfStatus: (key: string) => string | null;
  colorOfStatus: (key: string) => string | null;
  stageOf: (id: string) => { name: string; share: number } | null;
  nameOfPage: (id: string) => string | null;
};

export type ListColumn = {
  key: ColumnKey;
  label: string;
  /** As wide as this where nobody made it wider or narrower. */
  px: number;
  /** Takes what is left over. */
  grows?: true;
  sort?: SortKey;
  end?: true;
  /** Fields whose pending change marks the cell. */
  fields: readonly string[];
  cell: (row: ContactRow, context: CellContext) => ReactNode;
};

const moment = (at: number | null, now: number) =>
  at !== null && <time title={formatFull(at)}>{formatAgo(at, now)}</time>;

/** Every column there is. Calls itself what the head says; the language may change. */
export const listColumns = (): ListColumn[] => [
  {
    key: 'name',
    label: t('Name'),
    px: 170,
    grows: true,
    sort: 'name',
    fields: ['firstName', 'lastName'],
    cell: (row, { search }) => <Highlight text={contactName(row)} search={search} />,
  },
  {
    key: 'avatar',
    label: t('Picture'),
    px: 40,
    fields: ['profilePicUrl'],
    cell: (row) => <Avatar name={contactName(row)} />,
  },
  {
    key: 'score',
    label: t('Score'),
    px: 66,
    sort: 'score',
    fields: ['leadScore'],
    cell: ({ leadScore }) => leadScore !== null && <Score score={leadScore} />,
  },
  {
    key: 'sentiment',
    label: t('Mood'),
    px: 92,
    sort: 'sentiment',
    fields: ['sentiment'],
    cell: ({ sentiment }) => sentiment && <SentimentMark sentiment={sentiment} />,
  },
  {
    key: 'stage',
    label: t('Stage'),
    px: 130,
    sort: 'stage',
    fields: ['stageId'],
    cell: ({ stageId }, { stageOf }) => stageId && <StageMark stage={stageOf(stageId)} />,
  },
  {
    key: 'status',
    label: t('Status'),
    px: 118,
    sort: 'status',
    fields: ['leadStatus'],
    cell: ({ leadStatus }, { nameOfStatus, colorOfStatus }) =>
      leadStatus && (
        <StatusMark status={leadStatus} name={nameOfStatus(leadStatus)} color={colorOfStatus(leadStatus)} />
      ),
  },
  {
    key: 'value',
    label: t('Value'),
    px: 88,
    sort: 'value',
    end: true,
    fields: ['estimatedRevenueCents'],
    cell: ({ estimatedRevenueCents: cents }, { currency }) => cents !== null && formatMoney(cents, currency),
  },
  {
    key: 'revenue',
    label: t('Revenue'),
    px: 88,
    end: true,
    fields: ['actualRevenueCents'],
    cell: ({ actualRevenueCents: cents }, { currency }) => cents !== null && formatMoney(cents, currency),
  },
  {
    key: 'page',
    label: t('Page'),
    px: 110,
    fields: ['facebookPageId'],
    cell: ({ facebookPageId }, { nameOfPage }) => facebookPageId && nameOfPage(facebookPageId),
  },
  {
    key: 'platforms',
    label: t('Platforms'),
    px: 76,
    fields: ['hasMessenger', 'hasInstagram'],
    cell: (row) => <PlatformMarks row={row} />,
  },
  {
    key: 'tags',
    label: t('Tags'),
    px: 150,
    grows: true,
    fields: ['tags'],
    cell: ({ tags, sync }) =>
      tags.map((tag) => (
        <span key={tag} className="tag" data-pending={sync.pending.includes('tags') || undefined}>
          {tag}
        </span>
      )),
  },
  {
    key: 'company',
    label: t('Company'),
    px: 130,
    grows: true,
    sort: 'company',
    fields: ['company'],
    cell: ({ company }, { search }) => company && <Highlight text={company} search={search} />,
  },
  {
    key: 'phone',
    label: t('Phone'),
    px: 146,
    fields: ['phone'],
    cell: ({ phone }, { country }) => phone && formatPhone(phone, country),
  },
  {
    key: 'email',
    label: t('Email'),
    px: 160,
    grows: true,
    fields: ['email'],
    cell: ({ email }, { search }) => email && <Highlight text={email} search={search} />,
  },
  {
    key: 'owner',
    label: t('Owner'),
    px: 110,
    fields: ['ownerId'],
    cell: ({ ownerId }, { nameOfMember }) => {
      const name = ownerId && nameOfMember(ownerId);
      return (
        name && (
          <span className="inline-flex items-center gap-1.5" title={name}>
            <Avatar name={name} teammate />
            <span className="trunc">{name}</span>
          </span>
        )
      );
    },
  },
  {
    key: 'lastMessage',
    label: t('Last message'),
    px: 200,
    grows: true,
    fields: [],
    cell: ({ lastMessage }) => lastMessage && <LastMessageCell message={lastMessage} />,
  },
  {
    key: 'lastMessageAt',
    label: t('Message at'),
    px: 84,
    end: true,
    fields: [],
    cell: ({ lastMessage }, { now }) => moment(lastMessage?.at ?? null, now),
  },
  {
    key: 'added',
    label: t('Added'),
    px: 84,
    sort: 'createdAt',
    end: true,
    fields: [],
    cell: ({ createdAt }, { now }) => moment(createdAt, now),
  },
  {
    key: 'when',
    label: t('When'),
    px: 84,
    sort: 'lastInteractionAt',
    end: true,
    fields: [],
    cell: ({ lastInteractionAt, createdAt }, { now }) => moment(lastInteractionAt ?? createdAt, now),
  },
];
