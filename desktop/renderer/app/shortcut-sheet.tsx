import { useListActions, type Action } from '../lib/actions/actions.tsx';
import { Keys } from '../ui/keys.tsx';
import { t } from '../lib/i18n/t.ts';
import { Modal } from '../ui/modal.tsx';

type ShortcutSheetProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** The keys of the screen it was opened on, read from the same actions that act. */
export function ShortcutSheet({ open, onOpenChange }: ShortcutSheetProps) {
  return (
    <Modal title={t('Keys of this screen')} wide open={open} onOpenChange={onOpenChange}>
      <Sections />
    </Modal>
  );
}

function Sections() {
  const actions = useListActions()().filter((action) => action.shortcuts);
  const bySection = Map.groupBy(actions, (action: Action) => action.section);
  return (
    <div className="gap-x-8 sm:columns-2">
      {[...bySection].map(([section, listed]) => (
        <section key={section} className="mb-4 break-inside-avoid">
          <h3 className="h-sect">{section}</h3>
          <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-y-1.5">
            {listed.map(({ id, label, shortcuts = [] }) => (
              <div key={id} className="contents" data-action={id} data-keys={shortcuts.join(',')}>
                <dt className="trunc">{label}</dt>
                <dd className="flex justify-end gap-2">
                  {shortcuts.map((shortcut) => (
                    <Keys exact key={shortcut} shortcut={shortcut} />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
