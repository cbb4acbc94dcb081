import type { ContactView } from '../../../../../../shared/bridge/contacts-contract.ts';
import { LIST_COLUMNS, type SavedContactView } from '../../../../../../shared/segments/contact-view.ts';
import { t } from '../../../../lib/i18n/t.ts';

export type ColumnKey = (typeof LIST_COLUMNS)[number];

/** A list as somebody set it up: whom it shows, in what order, in which columns, and whether by pages. */
export type ListView = SavedContactView;

/** Views that are always there. Their ids are words, so that no saved one is called the same. */
export type BuiltInView = { id: string; name: string; view: ListView };

const columns = (...keys: ColumnKey[]) => keys.map((key) => ({ key }));
const first: ContactView = { search: '', sort: 'score', order: 'desc' };

export const builtInViews = (): BuiltInView[] => [
  {
    id: 'all',
    name: t('All', { context: 'contacts' }),
    view: {
      ...first,
      columns: columns('name', 'score', 'status', 'stage', 'company', 'phone', 'email', 'tags', 'when'),
    },
  },
  {
    id: 'pipeline',
    name: t('By stage'),
    view: {
      ...first,
      sort: 'createdAt',
      columns: columns('name', 'page', 'platforms', 'score', 'stage', 'tags', 'added'),
      pageSize: 20,
    },
  },
  {
    id: 'conversations',
    name: t('By conversation'),
    view: {
      ...first,
      sort: 'lastInteractionAt',
      columns: columns('avatar', 'name', 'tags', 'lastMessage', 'lastMessageAt', 'sentiment', 'score'),
      pageSize: 10,
    },
  },
];
