import { ArrowLeft, ChevronDown, ChevronUp, Ellipsis, Eraser, GitMerge, Trash2 } from 'lucide-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { eraseContact } from '../../../../../shared/workspace/privacy-operations.ts';
import { useActions } from '../../../lib/actions/actions.tsx';
import { useUndoable } from '../../../lib/actions/use-undoable.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useMay } from '../../../lib/use-identity.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { Menu, MenuItem } from '../../../ui/menu.tsx';
import { useContactList } from '../list/contact-list-state.tsx';
import { EraseContact } from './erase-contact.tsx';
import { MergeWith } from './merge-with.tsx';
import { useNeighbours } from './use-neighbours.ts';

/** Where in the list this contact stands, the way to its neighbours, and what is done with it as a whole. */
export function ContactPageTop({ id, name }: { id: string; name: string }) {
  const { shown, refresh } = useContactList();
  const navigate = useNavigate();
  const undoable = useUndoable();
  const mayDelete = useMay('MANAGER');
  const mayErase = useMay(eraseContact.role);
  const [deleting, setDeleting] = useState(false);
  const [erasing, setErasing] = useState(false);
  const [merging, setMerging] = useState(false);
  const mayMerge = useMay('AGENT');
  const { place, previous, next } = useNeighbours(id);
  const go = (to: string | null) => to && void navigate({ to: '/contacts/$id', params: { id: to }, replace: true });
  const back = () => void navigate({ to: '/contacts' });
  useActions([
    {
      id: 'contact.back',
      label: t('Back to contacts'),
      icon: ArrowLeft,
      section: t('Contact'),
      shortcuts: ['escape'],
      run: back,
    },
    {
      id: 'contact.next',
      label: t('Next contact'),
      icon: ChevronDown,
      section: t('Contact'),
      shortcuts: ['j'],
      when: () => next !== null,
      run: () => go(next),
    },
    {
      id: 'contact.previous',
      label: t('Previous contact'),
      icon: ChevronUp,
      section: t('Contact'),
      shortcuts: ['k'],
      when: () => previous !== null,
      run: () => go(previous),
    },
    {
      id: 'contact.merge',
      label: t('Merge {{name}} with…', { name }),
      icon: GitMerge,
      section: t('Contact'),
      when: () => mayMerge,
      run: () => setMerging(true),
    },
    {
      id: 'contact.delete',
      label: t('Delete {{name}}', { name }),
      icon: Trash2,
      section: t('Contact'),
      when: () => mayDelete,
      run: () => setDeleting(true),
    },
  ]);
  const gone = () => {
    refresh();
    back();
  };
  const remove = async () => {
    const isGone = await undoable({ name: 'contacts.delete', input: { id } }, t('Deleted {{name}}', { name }), refresh);
    if (isGone) gone();
  };
  return (
    <header className="top">
      <IconButton icon={ArrowLeft} label={t('Back to contacts')} shortcut="escape" className="-ms-2" onClick={back} />
      <Link to="/contacts" className="wide text-ink-3 hover:text-ink-1">
        {t('Contacts')}
      </Link>
      <span className="wide text-ink-3" aria-hidden="true">
        ›
      </span>
      <span className="trunc font-[620]">{name}</span>
      <div className="ms-auto flex flex-none items-center gap-1">
        {place >= 0 && shown && (
          <span className="num wide text-small text-ink-3">
            {t('{{place}} of {{total}}', { place: place + 1, total: shown.total })}
          </span>
        )}
        <IconButton
          icon={ChevronUp}
          label={t('Previous contact')}
          shortcut="k"
          disabled={!previous}
          onClick={() => go(previous)}
        />
        <IconButton
          icon={ChevronDown}
          label={t('Next contact')}
          shortcut="j"
          disabled={!next}
          onClick={() => go(next)}
        />
        {mayMerge && (
          <Menu
            align="end"
            trigger={
              <button type="button" className="btn ghost sq" aria-label={t('More')}>
                <Ellipsis size={16} aria-hidden="true" />
              </button>
            }
          >
            <MenuItem icon={GitMerge} label={t('Merge with…')} onSelect={() => setMerging(true)} />
            {mayDelete && (
              <MenuItem danger icon={Trash2} label={t('Delete contact')} onSelect={() => setDeleting(true)} />
            )}
            {mayErase && (
              <MenuItem danger icon={Eraser} label={t('Erase for good')} onSelect={() => setErasing(true)} />
            )}
          </Menu>
        )}
      </div>
      <Confirm
        open={deleting}
        onOpenChange={setDeleting}
        title={t('Delete {{name}}?', { name })}
        description={t(
          'Its notes, tags, tasks and conversations go with it, for everybody in your team. It can be brought back for 30 days.',
        )}
        confirmLabel={t('Delete contact')}
        onConfirm={() => void remove()}
      />
      {merging && <MergeWith id={id} name={name} onClose={() => setMerging(false)} />}
      {erasing && <EraseContact id={id} name={name} onClose={() => setErasing(false)} onErased={gone} />}
    </header>
  );
}
