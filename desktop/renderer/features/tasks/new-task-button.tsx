import { Plus } from 'lucide-react';
import { t } from '../../lib/i18n/t.ts';
import { useRoleReason } from '../../lib/operations/use-reasons.ts';
import { useQuickTask } from '../../lib/quick-task.tsx';
import { ReasonButton } from '../../ui/controls/reason-button.tsx';

/** At the end of a header: asks for a new task, or says who may make one. */
export function NewTaskButton() {
  const { ask } = useQuickTask();
  const reason = useRoleReason('AGENT');
  return (
    <ReasonButton
      reason={reason}
      size="sm"
      look="primary"
      icon={Plus}
      shortcut="alt+t"
      className="ms-auto"
      onClick={() => ask()}
    >
      {t('New task')}
    </ReasonButton>
  );
}
