import { useState } from 'react';
import { newId } from '../../../../../../shared/kernel/ids.ts';
import { isSameValue } from '../../../../../../shared/kernel/same-value.ts';
import type { SegmentRule } from '../../../../../../shared/segments/segment.ts';
import { createAutomation, updateAutomation } from '../../../../../../shared/statuses/automation-operations.ts';
import { saidInWords } from '../../../../lib/i18n/said-in-words.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useOnce } from '../../../../lib/operations/use-once.ts';
import { useOperation } from '../../../../lib/operations/use-operation.ts';
import { RuleEditor } from '../../../../lib/rules/rule-editor.tsx';
import { useContactSetup } from '../../../../lib/rules/use-rule-names.ts';
import { useQuery } from '../../../../lib/use-query.ts';
import { Button } from '../../../../ui/button.tsx';
import { Switch } from '../../../../ui/controls/switch.tsx';
import { WritingModal } from '../../../../ui/controls/writing-modal.tsx';
import { FieldError, TextField } from '../../../../ui/field.tsx';
import { automationOf, beginsAnew, draftOf, problemsOf, type Automation, type Draft } from './automation-draft.ts';
import { automationText } from './automation-text.ts';
import { DueAlready } from './due-already.tsx';
import { TriggerFields } from './trigger-fields.tsx';
import { useAutomationWords } from './use-automation-words.ts';

type DialogProps = { known: Automation | null; onClose: () => void };

/** Writes an automation. The sentence says what it will do at every moment; nothing is saved before Save. */
export function AutomationDialog({ known, onClose }: DialogProps) {
  const send = useOperation();
  const { busy, once } = useOnce();
  const { statuses, automations } = useContactSetup();
  const { statusName, conditionText } = useAutomationWords();
  const [begun] = useState(() => draftOf(known));
  const [draft, setDraft] = useState(begun);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const one = automationOf(draft);
  const isNew = beginsAnew(one, known);
  const save = async () => {
    const found = problemsOf(one, { id: known?.id ?? '', automations, statuses });
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const fields = { ...one, ...(isNew && { existing: draft.existing }) };
    const reply = known
      ? await send(updateAutomation, { id: known.id, ...fields })
      : await send(createAutomation, { id: newId(), ...fields });
    if ('error' in reply) setProblems({ form: saidInWords(reply.error.message) });
    else onClose();
  };
  const conditions = conditionText(one.conditions);
  return (
    <WritingModal
      wide
      open
      title={known ? t('Change the automation') : t('New automation')}
      unsaved={!isSameValue(draft, begun)}
      onClose={onClose}
    >
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void once(save);
        }}
      >
        <TextField
          label={t('Name')}
          autoFocus
          maxLength={100}
          value={draft.name}
          error={problems['name']}
          onChange={(event) => change({ name: event.target.value })}
        />
        <TriggerFields draft={draft} problems={problems} statuses={statuses} onChange={change} />
        <Switch
          label={t('Only some contacts')}
          checked={draft.hasConditions}
          onChange={(hasConditions) => change({ hasConditions })}
        />
        {draft.hasConditions && (
          <div className="grid gap-1.5">
            <RuleEditor rule={draft.rule} onChange={(rule) => change({ rule })} />
            {one.conditions?.rule && (
              <MeetingNow rule={one.conditions.rule} status={one.fromStatus ?? one.triggerStatus} />
            )}
          </div>
        )}
        <p className="automation-says" role="status">
          {automationText({ ...one, conditions }, statusName)}
        </p>
        <Switch
          label={t('On', { context: 'an automation' })}
          checked={draft.isActive}
          onChange={(isActive) => change({ isActive })}
        />
        {isNew && <DueAlready value={draft.existing} onChange={(existing) => change({ existing })} />}
        {problems['form'] && <FieldError message={problems['form']} />}
        <div className="flex justify-end gap-2">
          <Button type="submit" look="primary" disabled={busy}>
            {t('Save')}
          </Button>
        </div>
      </form>
    </WritingModal>
  );
}

/** How many there are whom it could move, whenever they are due. */
function MeetingNow({ rule, status }: { rule: SegmentRule; status: string | null }) {
  const narrowed: SegmentRule = status
    ? { all: [{ field: 'leadStatus', op: 'among', values: [status] }, rule] }
    : { all: [{ field: 'leadStatus', op: 'exists' }, rule] };
  const { data } = useQuery('contacts.matching', { rule: narrowed, sample: 0 }, { keep: true });
  return (
    <p className="text-small text-ink-3">
      {data ? t('{{count}} contacts have the status and meet the conditions now.', { count: data.count }) : '…'}
    </p>
  );
}
