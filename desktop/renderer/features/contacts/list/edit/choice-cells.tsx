import { t } from '../../../../lib/i18n/t.ts';
import { sentimentWords, useContactSetup } from '../../../../lib/rules/use-rule-names.ts';
import { useRunCommand } from '../../../../lib/use-command.ts';
import { OwnerChoice, PickOne, StageChoice, StatusChoice } from '../selection/bulk-choices.tsx';
import type { Sentiment } from '../../../../../../shared/contacts/contact.ts';
import type { CellProps } from './cell-editor.tsx';

const NONE = 'none';

export function StageCell({ row, onDone }: CellProps) {
  const run = useRunCommand();
  return (
    <StageChoice
      onPick={({ id, pipelineId }) => {
        onDone();
        void run({ name: 'contacts.moveToStage', input: { contactIds: [row.id], stageId: id, pipelineId } });
      }}
    />
  );
}

export function StatusCell({ row, onDone }: CellProps) {
  const run = useRunCommand();
  return (
    <StatusChoice
      onPick={(leadStatus) => {
        onDone();
        void run({ name: 'contacts.setStatus', input: { contactIds: [row.id], leadStatus } });
      }}
    />
  );
}

export function OwnerCell({ row, onDone }: CellProps) {
  const run = useRunCommand();
  return (
    <OwnerChoice
      onPick={(ownerId) => {
        onDone();
        void run({ name: 'contacts.assign', input: { contactIds: [row.id], ownerId } });
      }}
    />
  );
}

export function SentimentCell({ row, onDone }: CellProps) {
  const run = useRunCommand();
  const options = Object.entries(sentimentWords()).map(([value, label]) => ({ value, label }));
  return (
    <PickOne
      label={t('Mood')}
      options={[...options, { value: NONE, label: t('None') }]}
      empty={t('Nothing is called that.')}
      onPick={({ value }) => {
        onDone();
        const sentiment = value === NONE ? null : (value as Sentiment);
        void run({ name: 'contacts.update', input: { id: row.id, sentiment } });
      }}
    />
  );
}

export function PageCell({ row, onDone }: CellProps) {
  const run = useRunCommand();
  const { pages } = useContactSetup();
  return (
    <PickOne
      label={t('Page')}
      options={[...pages.map(({ id, name }) => ({ value: id, label: name })), { value: NONE, label: t('None') }]}
      empty={t('Nothing is called that.')}
      onPick={({ value }) => {
        onDone();
        void run({ name: 'contacts.update', input: { id: row.id, facebookPageId: value === NONE ? null : value } });
      }}
    />
  );
}
