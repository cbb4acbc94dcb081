import { History, PanelsTopLeft } from 'lucide-react';
import { useActions } from '../../../lib/actions/actions.tsx';
import { t } from '../../../lib/i18n/t.ts';
import { useScreenIsAbout } from '../../../lib/quick-task.tsx';
import { IconButton } from '../../../ui/button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';

const TABS = ['overview', 'conversations', 'tasks', 'notes', 'activity'] as const;
export type ContactTab = (typeof TABS)[number];

export const tabWords = (): Record<ContactTab, string> => ({
  overview: t('Overview'),
  conversations: t('Conversations'),
  tasks: t('Tasks'),
  notes: t('Notes'),
  activity: t('Activity'),
});

type ContactTabsProps = {
  tab: ContactTab;
  onChoose: (tab: ContactTab) => void;
  about: { contactId: string; contactName: string };
  /** Shows the contact as it was. */
  onAsOf: () => void;
};

/** Parts of the contact, each with its number. */
export function ContactTabs({ tab, onChoose, about, onAsOf }: ContactTabsProps) {
  useScreenIsAbout(about);
  const words = tabWords();
  useActions([
    ...TABS.map((one, place) => ({
      id: `contact.tab.${one}`,
      label: words[one],
      icon: PanelsTopLeft,
      section: t('Contact'),
      shortcuts: [String(place + 1)],
      keyOnly: true,
      run: () => onChoose(one),
    })),
    {
      id: 'contact.asOf',
      label: t('As of a date'),
      icon: History,
      section: t('Contact'),
      shortcuts: ['shift+h'],
      run: onAsOf,
    },
  ]);
  return (
    <div className="contact-tabs flex items-center gap-2">
      <Segmented
        label={t('Parts of the contact')}
        value={tab}
        onChoose={onChoose}
        segments={TABS.map((one) => ({ value: one, label: words[one] }))}
      />
      <IconButton
        icon={History}
        label={t('As of a date')}
        shortcut="shift+h"
        className="ms-auto flex-none"
        onClick={onAsOf}
      />
    </div>
  );
}
