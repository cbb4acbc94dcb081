import { Command } from 'cmdk';
import type { ContactRow } from '../../../../shared/bridge/contacts-contract.ts';
import { t } from '../../lib/i18n/t.ts';
import { Modal } from '../../ui/modal.tsx';
import type { Stage } from './board.tsx';

type StageDialogProps = {
  card: ContactRow | null;
  nameOf: (card: ContactRow) => string;
  stages: readonly Stage[];
  onClose: () => void;
  onPick: (card: ContactRow, stage: Stage) => void;
};

/** The stage of a card by its name. */
export function StageDialog({ card, nameOf, stages, onClose, onPick }: StageDialogProps) {
  return (
    <Modal
      title={card ? t('Move {{name}} to…', { name: nameOf(card) }) : ''}
      open={card !== null}
      onOpenChange={(open) => !open && onClose()}
    >
      <Command label={t('Stage')}>
        <div className="field mb-1">
          <Command.Input autoFocus placeholder={t('Stage')} />
        </div>
        <Command.List label={t('Stages')} className="pick-list">
          {stages.map((stage) => (
            <Command.Item
              key={stage.id}
              value={`${stage.name} ${stage.id}`}
              keywords={[stage.name]}
              className="menu-item"
              disabled={stage.id === card?.stageId}
              onSelect={() => card && onPick(card, stage)}
            >
              {stage.name}
            </Command.Item>
          ))}
        </Command.List>
      </Command>
    </Modal>
  );
}
