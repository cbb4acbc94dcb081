import { useState } from 'react';
import { newId } from '../../../../../../shared/kernel/ids.ts';
import { saidInWords } from '../../../../lib/i18n/said-in-words.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useCommand } from '../../../../lib/use-command.ts';
import { Button } from '../../../../ui/button.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { Modal } from '../../../../ui/modal.tsx';
import type { ListView } from '../columns/list-view.ts';

type Named = { id: string; name: string; displayOrder: number; view: ListView };

type SaveViewProps = {
  /** A view to rename, or `new` for the list as it is. */
  naming: Named | 'new' | null;
  nextOrder: number;
  list: ListView;
  onClose: () => void;
  onSaved: (id: string, view: ListView) => void;
};

/** Names a view. What is searched for at the moment is not part of it. */
export function SaveView({ naming, nextOrder, list, onClose, onSaved }: SaveViewProps) {
  return (
    <Modal
      title={naming === 'new' ? t('Save as a view') : t('Rename the view')}
      description={t('Filters, order, columns and pages are kept, on all your devices.')}
      open={naming !== null}
      onOpenChange={(open) => !open && onClose()}
    >
      {naming && (
        <NameForm
          key={naming === 'new' ? 'new' : naming.id}
          one={
            naming === 'new'
              ? { id: newId(), name: '', displayOrder: nextOrder, view: { ...list, search: '' } }
              : naming
          }
          onDone={(one) => {
            onClose();
            if (naming === 'new') onSaved(one.id, one.view);
          }}
        />
      )}
    </Modal>
  );
}

function NameForm({ one, onDone }: { one: Named; onDone: (one: Named) => void }) {
  const send = useCommand();
  const [name, setName] = useState(one.name);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async () => {
    if (!name.trim()) return setProblem(t('Name the view'));
    const named = { ...one, name: name.trim() };
    const reply = await send({ name: 'contactViews.save', input: named });
    if ('error' in reply) return setProblem(saidInWords(reply.error.message));
    return onDone(named);
  };
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextField
        label={t('Name')}
        autoFocus
        maxLength={60}
        value={name}
        error={problem ?? undefined}
        onChange={(event) => setName(event.target.value)}
      />
      <div className="flex justify-end">
        <Button look="primary" type="submit">
          {t('Save')}
        </Button>
      </div>
    </form>
  );
}
