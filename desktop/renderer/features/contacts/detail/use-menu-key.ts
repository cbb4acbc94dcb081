import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useActions } from '../../../lib/actions/actions.tsx';
import type { Shortcut } from '../../../lib/actions/shortcut.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useMay } from '../../../lib/use-identity.ts';

export type MenuKey = { id: string; label: string; icon: LucideIcon; shortcut: Shortcut };

/** Whether a menu of the contact is open, which a key opens too where there is one. */
export function useMenuKey(key: MenuKey | undefined): { open: boolean; onOpenChange: (open: boolean) => void } {
  const mayEdit = useMay('AGENT');
  const [open, onOpenChange] = useState(false);
  useActions(
    key
      ? [
          {
            id: key.id,
            label: key.label,
            icon: key.icon,
            section: t('Contact'),
            shortcuts: [key.shortcut],
            when: () => mayEdit,
            run: () => onOpenChange(true),
          },
        ]
      : [],
  );
  return { open, onOpenChange };
}
