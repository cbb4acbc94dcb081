import { ArrowDownUp, Download, PanelRight, Plus, Tag, Upload } from 'lucide-react';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { ExportedPeople } from '../../../../shared/bridge/bridge-contract.ts';
import type { SortKey } from '../../../../shared/bridge/contacts-contract.ts';
import { useActions } from '../../lib/actions/actions.tsx';
import { useBridge } from '../../lib/bridge-context.tsx';
import { useMay } from '../../lib/use-identity.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Menu, MenuChoice } from '../../ui/menu.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showError } from '../../ui/toaster.tsx';
import { ContactPeek } from './detail/contact-peek.tsx';
import { firstOrder } from './list/contact-list-head.tsx';
import { useContactList } from './list/contact-list-state.tsx';
import { ContactList } from './list/contact-list.tsx';
import { ContactSearch } from './list/contact-search.tsx';
import { CellEditor, type EditedCell } from './list/edit/cell-editor.tsx';
import { NoContacts } from './list/no-contacts.tsx';
import type { RowActs } from './list/row-menu.tsx';
import { BulkBar } from './list/selection/bulk-bar.tsx';
import { useSelection } from './list/selection/use-selection.ts';
import { useFilterUrl } from './list/use-filter-url.ts';
import { useTakeArrivals } from './list/use-take-arrivals.ts';
import { ColumnsMenu } from './list/views/columns-menu.tsx';
import { ViewMenu, ViewTabs } from './list/views/view-tabs.tsx';
import { t } from '../../lib/i18n/t.ts';
import { NewContactDialog } from './new-contact-dialog.tsx';

const sorts = (): { value: SortKey; label: string }[] => [
  { value: 'score', label: t('Score') },
  { value: 'name', label: t('Name') },
  { value: 'lastInteractionAt', label: t('Last touch') },
  { value: 'createdAt', label: t('Newest') },
  { value: 'company', label: t('Company') },
  { value: 'status', label: t('Status') },
  { value: 'stage', label: t('Stage') },
  { value: 'stageEnteredAt', label: t('Time in the stage') },
  { value: 'sentiment', label: t('Mood') },
  { value: 'value', label: t('Value') },
  { value: 'lastInboundAt', label: t('Last answer') },
];

type ContactsPageProps = {
  /** Opens the file chooser of the import; null for people who may not import. */
  onImport: (() => void) | null;
  /** Asks what the file of these contacts is to be. */
  onExport: (wish: { who: ExportedPeople; count: number | null; isSelection: boolean }) => void;
};

export function ContactsPage({ onImport, onExport }: ContactsPageProps) {
  const { view, list, change, shown, unreadable, peek, setPeek, refresh, listWhole, setCurrent } = useContactList();
  const selection = useSelection(shown, listWhole);
  const bridge = useBridge();
  const navigate = useNavigate();
  const mayEdit = useMay('AGENT');
  const [creating, setCreating] = useState(false);
  const [tagging, setTagging] = useState(false);
  const [currentId, setCurrentId] = useState<string | null>(null);
  // Here, because the list is drawn anew with every order of it: what is being typed outlives that.
  const [edited, setEdited] = useState<EditedCell | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const [arrivalsSlot, setArrivalsSlot] = useState<HTMLElement | null>(null);
  const open = useCallback((id: string) => void navigate({ to: '/contacts/$id', params: { id } }), [navigate]);
  if (tagging && !peek) setTagging(false);
  // Enter may come before the list has caught up with the typing, or while it is drawn anew: then the first of what was typed is meant
  const openFound = async () => {
    if (shown?.view === view && currentId) return open(currentId);
    const reply = await bridge.call('contacts.window', { view, snapshot: null, from: 0, count: 1 });
    if ('error' in reply) return showError(reply.error);
    const [first] = reply.data.rows;
    return first && open(first.id);
  };
  const acts = useMemo<RowActs>(
    () => ({
      open,
      tag: (index) => {
        setCurrent(index);
        setTagging(true);
        setPeek(true);
      },
    }),
    [open, setCurrent, setPeek],
  );
  const saveAsFile = () => {
    const { people, count } = selection;
    if (!people || !shown) return;
    onExport({ who: people, count: count || (shown.capped ? null : shown.total), isSelection: count > 0 });
  };
  useTakeArrivals(shown, refresh);
  useFilterUrl();
  useActions([
    {
      id: 'contacts.new',
      label: t('New contact'),
      icon: Plus,
      section: t('Contacts'),
      shortcuts: ['n'],
      when: () => mayEdit,
      run: () => setCreating(true),
    },
    {
      id: 'contacts.tag',
      label: t('Tag the contact under the cursor'),
      icon: Tag,
      section: t('Contacts'),
      shortcuts: ['l'],
      when: () => mayEdit && currentId !== null && !peek && selection.count === 0,
      run: () => {
        setTagging(true);
        setPeek(true);
      },
    },
    {
      id: 'contacts.import',
      label: t('Import contacts from a file'),
      icon: Upload,
      section: t('Contacts'),
      shortcuts: ['i'],
      when: () => onImport !== null,
      run: () => onImport?.(),
    },
    {
      id: 'contacts.export',
      label: t('Save contacts as a file'),
      icon: Download,
      section: t('Contacts'),
      shortcuts: ['e'],
      when: () => selection.people !== null,
      run: saveAsFile,
    },
  ]);

  return (
    <>
      <header className="top">
        <h1>{t('Contacts')}</h1>
        <ViewTabs />
        <div className="ms-auto flex items-center gap-1.5">
          <Menu
            align="end"
            trigger={
              <button type="button" className="btn ghost sq" aria-label={t('Sort')} title={t('Sort')}>
                <ArrowDownUp size={16} aria-hidden="true" />
              </button>
            }
          >
            <MenuChoice
              label={t('Sort by')}
              value={list.sort}
              choices={sorts()}
              onChoose={(sort) => change({ sort, order: firstOrder(sort) })}
            />
          </Menu>
          <ViewMenu />
          <ColumnsMenu />
          <IconButton
            className="wide"
            icon={PanelRight}
            label={peek ? t('Close the peek') : t('Peek')}
            shortcut="space"
            aria-pressed={peek}
            onClick={() => setPeek(!peek)}
          />
          {onImport && <IconButton icon={Upload} label={t('Import')} shortcut="i" onClick={onImport} />}
          <IconButton
            className="wide"
            icon={Download}
            label={selection.count > 0 ? t('Save who is chosen as a file') : t('Save as a file')}
            shortcut="e"
            onClick={saveAsFile}
          />
          {mayEdit && (
            <>
              <Button size="sm" icon={Plus} shortcut="n" className="wide" onClick={() => setCreating(true)}>
                {t('New contact')}
              </Button>
              <IconButton
                className="only-narrow"
                icon={Plus}
                label={t('New contact')}
                onClick={() => setCreating(true)}
              />
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
        {shown === null && unreadable !== null && (
          <div className="flex-1">
            <EmptyState
              title={t('The contacts could not be read')}
              actions={<Button onClick={refresh}>{t('Try again')}</Button>}
            >
              {unreadable}
            </EmptyState>
          </div>
        )}
        {shown === null && unreadable === null && (
          <div className="flex-1">
            <Skeleton rows={14} />
          </div>
        )}
        {shown?.total === 0 && (
          <NoContacts
            search={shown.view.search}
            filtered={shown.view.filter !== undefined}
            onNew={mayEdit ? () => setCreating(true) : null}
            onImport={onImport}
          />
        )}
        {shown !== null && shown.total > 0 && (
          <ContactList
            key={shown.snapshot}
            shown={shown}
            gridRef={grid}
            arrivalsSlot={arrivalsSlot}
            selection={selection}
            acts={acts}
            onCurrent={setCurrentId}
            onEdit={setEdited}
          />
        )}
        {peek && currentId && (
          <ContactPeek id={currentId} startTagging={tagging} onOpen={open} onClose={() => setPeek(false)} />
        )}
      </div>
      {edited && <CellEditor cell={edited} grid={grid} onClose={() => setEdited(null)} />}
      <BulkBar selection={selection} total={shown?.total ?? 0} />
      <NewContactDialog
        open={creating}
        onOpenChange={setCreating}
        onCreated={(id) => {
          refresh();
          open(id);
        }}
        onOpenKnown={open}
      />
    </>
  );
}
