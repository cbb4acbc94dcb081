import { TIME_UNITS, type StatusAutomation } from '../../../../../../shared/statuses/status-automation.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { FieldError, SelectField, TextField } from '../../../../ui/field.tsx';
import { Segmented } from '../../../../ui/segmented.tsx';
import type { Draft } from './automation-draft.ts';
import { unitWords } from './automation-text.ts';

type Status = { key: string; name: string; isActive: boolean };
type TriggerProps = {
  draft: Draft;
  problems: Record<string, string>;
  statuses: readonly Status[];
  onChange: (part: Partial<Draft>) => void;
};

/** What sets it off, and what it gives. */
export function TriggerFields({ draft, problems, statuses, onChange }: TriggerProps) {
  const isTimed = draft.triggerType === 'TIME_BASED';
  return (
    <div className="grid justify-items-start gap-3">
      <Segmented<StatusAutomation['triggerType']>
        label={t('What sets it off')}
        value={draft.triggerType}
        segments={[
          { value: 'TIME_BASED', label: t('Time that has passed') },
          { value: 'STATUS_CHANGE', label: t('A status that is given') },
        ]}
        onChoose={(triggerType) => onChange({ triggerType })}
      />
      <div className="trigger-row">
        {isTimed ? (
          <>
            <StatusField
              label={t('When somebody has been')}
              none={t('any one status')}
              value={draft.fromStatus}
              statuses={statuses}
              problem={problems['fromStatus']}
              onChange={(fromStatus) => onChange({ fromStatus })}
            />
            <TextField
              label={t('for')}
              inputMode="numeric"
              placeholder="24"
              maxLength={7}
              value={draft.time}
              error={problems['timeValue']}
              onChange={(event) => onChange({ time: event.target.value })}
            />
            <SelectField
              label={t('counted in')}
              value={draft.timeUnit}
              onChange={(event) =>
                onChange({ timeUnit: TIME_UNITS.find((unit) => unit === event.target.value) ?? 'HOURS' })
              }
            >
              {TIME_UNITS.map((unit) => (
                <option key={unit} value={unit}>
                  {unitWords()[unit]}
                </option>
              ))}
            </SelectField>
          </>
        ) : (
          <StatusField
            label={t('When somebody becomes')}
            none={t('Choose a status')}
            value={draft.triggerStatus}
            statuses={statuses}
            problem={problems['triggerStatus']}
            onChange={(triggerStatus) => onChange({ triggerStatus })}
          />
        )}
        <StatusField
          label={t('give them')}
          none={t('Choose a status')}
          value={draft.targetStatus}
          statuses={statuses.filter(({ key, isActive }) => isActive || key === draft.targetStatus)}
          problem={problems['targetStatus']}
          onChange={(targetStatus) => onChange({ targetStatus })}
        />
      </div>
    </div>
  );
}

type FieldProps = {
  label: string;
  none: string;
  value: string;
  statuses: readonly Status[];
  problem: string | undefined;
  onChange: (key: string) => void;
};

function StatusField({ label, none, value, statuses, problem, onChange }: FieldProps) {
  const isGone = value !== '' && !statuses.some(({ key }) => key === value);
  return (
    <div className="grid content-start gap-1">
      <SelectField
        label={label}
        value={value}
        aria-invalid={problem ? true : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{none}</option>
        {isGone && <option value={value}>{t('a status that was deleted')}</option>}
        {statuses.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </SelectField>
      {problem && <FieldError message={problem} />}
    </div>
  );
}
