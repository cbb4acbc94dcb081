import { Ellipsis, MessageSquare, Tag } from 'lucide-react';
import { t } from '../../../lib/i18n/t.ts';
import { Menu, MenuItem } from '../../../ui/menu.tsx';

export type RowActs = {
  open: (id: string) => void;
  /** Puts the cursor there and opens the tags. */
  tag: (index: number) => void;
};

type RowMenuProps = { id: string; name: string; index: number; acts: RowActs };

/** What can be done with one contact where it stands. */
export function RowMenu({ id, name, index, acts }: RowMenuProps) {
  return (
    <span role="gridcell" className="row-menu" onClick={(event) => event.stopPropagation()}>
      <Menu
        align="end"
        trigger={
          <button type="button" className="btn ghost sq sm" tabIndex={-1} aria-label={t('More for {{name}}', { name })}>
            <Ellipsis size={14} aria-hidden="true" />
          </button>
        }
      >
        <MenuItem icon={MessageSquare} label={t('View the whole conversation')} onSelect={() => acts.open(id)} />
        <MenuItem icon={Tag} label={t('Edit the tags')} onSelect={() => acts.tag(index)} />
      </Menu>
    </span>
  );
}
