import { FlaskConical, History, PencilLine, Trash2, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { deleteAutomation, updateAutomation } from '../../../../../../shared/statuses/automation-operations.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useOnce } from '../../../../lib/operations/use-once.ts';
import { useRunOperation } from '../../../../lib/operations/use-operation.ts';
import { useContactSetup } from '../../../../lib/rules/use-rule-names.ts';
import { showError } from '../../../../ui/toaster.tsx';
import { IconButton } from '../../../../ui/button.tsx';
import { Confirm } from '../../../../ui/confirm.tsx';
import { Switch } from '../../../../ui/controls/switch.tsx';
import { AutomationDialog } from './automation-dialog.tsx';
import {
  automationOf,
  beginsAnew,
  conditionsOf,
  draftOf,
  problemsOf,
  type Automation,
  type Existing,
} from './automation-draft.ts';
import { automationText } from './automation-text.ts';
import { DryRunDialog } from './dry-run-dialog.tsx';
import { FiringsDialog } from './firings-dialog.tsx';
import { TurnOnDialog } from './turn-on-dialog.tsx';
import { useAutomationWords } from './use-automation-words.ts';

type Shown = 'edit' | 'delete' | 'dryRun' | 'firings' | 'turnOn';

/** One automation as a sentence, with its switch and what can be asked of it. */
export function AutomationRow({ automation, denied }: { automation: Automation; denied: string | null }) {
  const run = useRunOperation();
  const { once } = useOnce();
  const { statuses, automations } = useContactSetup();
  const { statusName, conditionText } = useAutomationWords();
  const [shown, setShown] = useState<Shown | null>(null);
  const { id, name, isActive } = automation;
  const conditions = conditionsOf(automation);
  const isLater = conditions === undefined;
  const close = () => setShown(null);
  const turn = async (on: boolean, existing?: Existing) => {
    const fields = { ...automationOf(draftOf(automation)), isActive: on };
    const [problem] = on ? Object.values(problemsOf(fields, { id, automations, statuses })) : [];
    if (problem) {
      showError({ code: 'invalid_input', message: problem });
      return false;
    }
    return (await run(updateAutomation, { id, ...fields, ...(existing && { existing }) })) !== null;
  };
  const onSwitch = (on: boolean) => {
    if (on && beginsAnew({ ...automationOf(draftOf(automation)), isActive: true }, automation)) setShown('turnOn');
    else void once(() => turn(on));
  };
  const gone = [automation.fromStatus, automation.triggerStatus, automation.targetStatus].some(
    (key) => key && !statuses.some((status) => status.key === key),
  );
  const locked =
    denied ?? (isLater ? t('A later version made its conditions. Update Switchboard to change it.') : null);
  return (
    <li className="set-row">
      <div className="what">
        <div className="med">{name}</div>
        <p className="!text-ink-2">
          {automationText({ ...automation, conditions: conditions ? conditionText(conditions) : null }, statusName)}
        </p>
        {(gone || isLater) && (
          <p className="flex items-center gap-1.5">
            <TriangleAlert size={13} aria-hidden="true" />
            {isLater ? locked : t('It names a status that was deleted, so it moves nobody. Choose another one.')}
          </p>
        )}
      </div>
      <div className="acts">
        <IconButton
          size="sm"
          icon={FlaskConical}
          label={t('Who would move by {{name}}', { name })}
          onClick={() => setShown('dryRun')}
        />
        <IconButton
          size="sm"
          icon={History}
          label={t('What {{name}} did', { name })}
          onClick={() => setShown('firings')}
        />
        <IconButton
          size="sm"
          icon={PencilLine}
          label={locked ?? t('Change {{name}}', { name })}
          disabled={locked !== null}
          onClick={() => setShown('edit')}
        />
        <IconButton
          size="sm"
          icon={Trash2}
          label={denied ?? t('Delete {{name}}', { name })}
          disabled={denied !== null}
          onClick={() => setShown('delete')}
        />
        <Switch
          bare
          label={t('{{name}} is on', { name })}
          checked={isActive}
          disabled={locked !== null}
          hint={locked}
          onChange={onSwitch}
        />
      </div>
      {shown === 'edit' && <AutomationDialog known={automation} onClose={close} />}
      {shown === 'dryRun' && <DryRunDialog automation={automation} onClose={close} />}
      {shown === 'firings' && <FiringsDialog automation={automation} onClose={close} />}
      {shown === 'turnOn' && (
        <TurnOnDialog automation={automation} onClose={close} onTurnOn={(existing) => turn(true, existing)} />
      )}
      <Confirm
        open={shown === 'delete'}
        onOpenChange={(open) => !open && close()}
        title={t('Delete {{name}}?', { name })}
        description={t('Contacts that wait for it wait no longer. What it did stays in their history.')}
        confirmLabel={t('Delete')}
        onConfirm={() => void once(() => run(deleteAutomation, { id }))}
      />
    </li>
  );
}
