import { Bookmark, ChevronDown, PencilLine, Save, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { isSameValue } from '../../../../../../shared/kernel/same-value.ts';
import { useActions } from '../../../../lib/actions/actions.tsx';
import { useOfferUndo } from '../../../../lib/actions/undo.tsx';
import { t } from '../../../../lib/i18n/t.ts';
import { useRunCommand } from '../../../../lib/use-command.ts';
import { useQuery } from '../../../../lib/use-query.ts';
import { IconButton } from '../../../../ui/button.tsx';
import { Menu, MenuChoice, MenuItem } from '../../../../ui/menu.tsx';
import { builtInViews, type ListView } from '../columns/list-view.ts';
import { useContactList } from '../contact-list-state.tsx';
import { SaveView } from './save-view.tsx';

/** The same in a narrow window, where there is no room for tabs. */
export function ViewMenu() {
  const { viewId, openView } = useContactList();
  const { data: saved = [] } = useQuery('contacts.views', {});
  const views = [...builtInViews(), ...saved];
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className="btn ghost sq only-narrow" aria-label={t('Views')} title={t('Views')}>
          <Bookmark size={16} aria-hidden="true" />
        </button>
      }
    >
      <MenuChoice
        label={t('Views')}
        value={viewId}
        choices={views.map(({ id, name }) => ({ value: id, label: name }))}
        onChoose={(chosen) => {
          const view = views.find(({ id }) => id === chosen);
          if (view) openView(view.id, view.view);
        }}
      />
    </Menu>
  );
}

type Saved = { id: string; name: string; displayOrder: number; view: ListView };

/** The views that are always there, then one's own. One that was changed can be saved, or put back by choosing it again. */
export function ViewTabs() {
  const { viewId, list, openView } = useContactList();
  const { data: saved = [] } = useQuery('contacts.views', {});
  const run = useRunCommand();
  const offerUndo = useOfferUndo();
  const [naming, setNaming] = useState<Saved | 'new' | null>(null);
  const views = [...builtInViews(), ...saved];
  const opened = views.find(({ id }) => id === viewId);
  const own = saved.find(({ id }) => id === viewId);
  const isChanged = opened === undefined || !isSameValue({ ...opened.view, search: '' }, { ...list, search: '' });
  const save = (one: Saved) => run({ name: 'contactViews.save', input: one });
  const update = () => own && void save({ ...own, view: { ...list, search: '' } });
  useActions([
    {
      id: 'contacts.saveView',
      label: t('Save as a view'),
      icon: Bookmark,
      section: t('Contacts'),
      when: () => isChanged,
      run: () => setNaming('new'),
    },
  ]);
  const remove = async (one: Saved) => {
    const [first] = builtInViews();
    if (!(await run({ name: 'contactViews.delete', input: { id: one.id } })) || !first) return;
    openView(first.id, first.view);
    offerUndo({ label: t('Deleted the view {{name}}', { name: one.name }), undo: () => void save(one) });
  };
  return (
    <div className="views" role="group" aria-label={t('Views')}>
      {views.map(({ id, name, view }) => (
        <button key={id} type="button" className="view" aria-pressed={id === viewId} onClick={() => openView(id, view)}>
          <span className="trunc">{name}</span>
          {id === viewId && isChanged && <span className="text-ink-3">{t('changed', { context: 'a view' })}</span>}
        </button>
      ))}
      {isChanged && (
        <IconButton size="sm" icon={Bookmark} label={t('Save as a view')} onClick={() => setNaming('new')} />
      )}
      {own && (
        <Menu
          trigger={
            <button
              type="button"
              className="btn ghost sq sm"
              aria-label={t('More for the view {{name}}', { name: own.name })}
            >
              <ChevronDown size={14} aria-hidden="true" />
            </button>
          }
        >
          {isChanged && <MenuItem icon={Save} label={t('Save the changes')} onSelect={update} />}
          <MenuItem icon={PencilLine} label={t('Rename')} onSelect={() => setNaming(own)} />
          <MenuItem icon={Trash2} label={t('Delete')} danger onSelect={() => void remove(own)} />
        </Menu>
      )}
      <SaveView
        naming={naming}
        nextOrder={saved.length}
        list={list}
        onClose={() => setNaming(null)}
        onSaved={(id, view) => openView(id, view)}
      />
    </div>
  );
}
