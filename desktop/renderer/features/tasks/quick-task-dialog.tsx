import { useState } from 'react';
import { createTask } from '../../../../shared/tasks/task-operations.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useAnnounce } from '../../lib/announce.tsx';
import { useQuickTask } from '../../lib/quick-task.tsx';
import { useIdentity } from '../../lib/use-identity.ts';
import { useOperation } from '../../lib/operations/use-operation.ts';
import { WritingModal } from '../../ui/controls/writing-modal.tsx';
import { toFields } from './task-fields.ts';
import { TaskForm } from './task-form.tsx';

/** A new task from anywhere, about what was on screen when it was asked for. */
export function QuickTaskDialog() {
  const { about, close } = useQuickTask();
  const run = useOperation();
  const announce = useAnnounce();
  const identity = useIdentity();
  const [typed, setTyped] = useState(false);
  if (!identity) return null;
  return (
    <WritingModal wide title={t('New task')} open={about !== null} unsaved={typed} onClose={close}>
      <TaskForm
        reading
        label={t('New task')}
        action={t('Save the task')}
        about={about?.contactName ?? null}
        draft={{ title: '', due: null, ownerId: identity.userId, remindAt: null, body: '' }}
        onCancel={close}
        onTyped={setTyped}
        onSave={async (draft) => {
          const reply = await run(createTask, {
            ...toFields(draft),
            contactId: about?.contactId ?? null,
            conversationId: about?.conversationId ?? null,
          });
          if ('error' in reply) return saidInWords(reply.error.message);
          announce(t('Saved: {{title}}', { title: draft.title }));
          close();
          return null;
        }}
      />
    </WritingModal>
  );
}
