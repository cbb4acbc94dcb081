import { ArrowDownUp, PanelRight, Plus, Tag, Upload } from 'lucide-react';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useRef, useState } from 'react';
import type { SortKey } from '../../../../shared/bridge/bridge-contract.ts';
import { useActions } from '../../lib/actions/actions.tsx';
import { useBridge } from '../../lib/bridge-context.tsx';
import { useMay } from '../../lib/use-identity.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Menu, MenuChoice } from '../../ui/menu.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ContactPeek } from './detail/contact-peek.tsx';
import { firstOrder } from './list/contact-list-head.tsx';
import { useContactList } from './list/contact-list-state.tsx';
import { ContactList } from './list/contact-list.tsx';
import { ContactSearch } from './list/contact-search.tsx';
import { NoContacts } from './list/no-contacts.tsx';
import { useTakeArrivals } from './list/use-take-arrivals.ts';
import { NewContactDialog } from './new-contact-dialog.tsx';

const SORTS: { value: SortKey; label: string }[] = [
  { value: 'score', label: 'Score' },
  { value: 'name', label: 'Name' },
  { value: 'lastInteractionAt', label: 'Last touch' },
  { value: 'createdAt', label: 'Newest' },
];

/** Opens the file chooser of the import; null for people who may not import. */
export function ContactsPage({ onImport }: { onImport: (() => void) | null }) {
  const { view, setView, shown, peek, setPeek, refresh } = useContactList();
  const bridge = useBridge();
  const navigate = useNavigate();
  const mayEdit = useMay('AGENT');
  const [creating, setCreating] = useState(false);
  const [tagging, setTagging] = useState(false);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const [arrivalsSlot, setArrivalsSlot] = useState<HTMLElement | null>(null);
  const open = useCallback((id: string) => void navigate({ to: '/contacts/$id', params: { id } }), [navigate]);
  if (tagging && !peek) setTagging(false);
  // Enter may come before the list has caught up with the typing: then the first of what was typed is meant
  const openFound = async () => {
    if (shown?.view === view) return currentId && open(currentId);
    const reply = await bridge.call('contacts.window', { view, snapshot: null, from: 0, count: 1 });
    const first = 'data' in reply ? reply.data.rows[0] : null;
    return first && open(first.id);
  };
  useTakeArrivals(shown, refresh);
  useActions([
    {
      id: 'contacts.new',
      label: 'New contact',
      icon: Plus,
      section: 'Contacts',
      shortcuts: ['n'],
      when: () => mayEdit,
      run: () => setCreating(true),
    },
    {
      id: 'contacts.tag',
      label: 'Tag the contact under the cursor',
      icon: Tag,
      section: 'Contacts',
      shortcuts: ['l'],
      when: () => mayEdit && currentId !== null && !peek,
      run: () => {
        setTagging(true);
        setPeek(true);
      },
    },
    {
      id: 'contacts.import',
      label: 'Import contacts from a file',
      icon: Upload,
      section: 'Contacts',
      shortcuts: ['i'],
      when: () => onImport !== null,
      run: () => onImport?.(),
    },
  ]);

  return (
    <>
      <header className="top">
        <h1>Contacts</h1>
        <div className="ml-auto flex items-center gap-1.5">
          <Menu
            align="end"
            trigger={
              <button type="button" className="btn ghost sq" aria-label="Sort" title="Sort">
                <ArrowDownUp size={16} aria-hidden="true" />
              </button>
            }
          >
            <MenuChoice
              label="Sort by"
              value={view.sort}
              choices={SORTS}
              onChoose={(sort) => setView({ sort, order: firstOrder(sort) })}
            />
          </Menu>
          <IconButton
            className="wide"
            icon={PanelRight}
            label={peek ? 'Close the peek' : 'Peek'}
            shortcut="space"
            aria-pressed={peek}
            onClick={() => setPeek(!peek)}
          />
          {onImport && <IconButton icon={Upload} label="Import" shortcut="i" onClick={onImport} />}
          {mayEdit && (
            <>
              <Button size="sm" icon={Plus} shortcut="n" className="wide" onClick={() => setCreating(true)}>
                New contact
              </Button>
              <IconButton className="only-narrow" icon={Plus} label="New contact" onClick={() => setCreating(true)} />
            </>
          )}
        </div>
      </header>
      <ContactSearch
        arrivalsSlot={setArrivalsSlot}
        onDown={() => grid.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus()}
        onEnter={() => void openFound()}
      />
      <div className="body" data-peek={peek || undefined}>
        {shown === null && (
          <div className="flex-1">
            <Skeleton rows={14} />
          </div>
        )}
        {shown?.total === 0 && (
          <NoContacts search={shown.view.search} onNew={mayEdit ? () => setCreating(true) : null} onImport={onImport} />
        )}
        {shown !== null && shown.total > 0 && (
          <ContactList
            key={shown.snapshot}
            shown={shown}
            gridRef={grid}
            arrivalsSlot={arrivalsSlot}
            onOpen={open}
            onCurrent={setCurrentId}
          />
        )}
        {peek && currentId && (
          <ContactPeek id={currentId} startTagging={tagging} onOpen={open} onClose={() => setPeek(false)} />
        )}
      </div>
      <NewContactDialog
        open={creating}
        onOpenChange={setCreating}
        onCreated={(id) => {
          refresh();
          open(id);
        }}
      />
    </>
  );
}
