import type { TaskRow } from '../../../../shared/bridge/team-contract.ts';
import {
  completeTask,
  createTask,
  deleteTask,
  reopenTask,
  updateTask,
} from '../../../../shared/tasks/task-operations.ts';
import { useOfferUndo } from '../../lib/actions/undo.tsx';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useOperation, useRunOperation } from '../../lib/operations/use-operation.ts';
import { draftOf, toFields, type TaskDraft } from './task-fields.ts';

/** What can be done with a task; what one may regret can be taken back. */
export function useTaskActs() {
  const run = useRunOperation();
  const ask = useOperation();
  const offerUndo = useOfferUndo();
  const reopen = (task: TaskRow) => run(reopenTask, { id: task.id });
  return {
    toggle: async (task: TaskRow) => {
      if (task.completedAt !== null) return void (await reopen(task));
      const done = await run(completeTask, { id: task.id });
      if (done) offerUndo({ label: t('Done: {{title}}', { title: task.title }), undo: () => void reopen(task) });
      return undefined;
    },
    remove: async (task: TaskRow) => {
      const again = () =>
        void run(createTask, {
          ...toFields(draftOf(task)),
          contactId: task.contactId,
          conversationId: task.conversationId,
        });
      if (await run(deleteTask, { id: task.id }))
        offerUndo({ label: t('Deleted: {{title}}', { title: task.title }), undo: again });
    },
    change: async (task: TaskRow, draft: TaskDraft): Promise<string | null> => {
      const reply = await ask(updateTask, { id: task.id, ...toFields(draft) });
      return 'error' in reply ? saidInWords(reply.error.message) : null;
    },
  };
}
