import { useCallback } from 'react';
import type { ContactRow } from '../../../../shared/bridge/contacts-contract.ts';
import { useOfferUndo } from '../../lib/actions/undo.tsx';
import { contactName } from '../../lib/contacts/contact-name.ts';
import { t } from '../../lib/i18n/t.ts';
import { useRunCommand } from '../../lib/use-command.ts';
import type { Stage } from './board.tsx';

export const movedWords = (card: ContactRow, stage: Stage): string =>
  t('Moved {{name}} to {{stage}}', { name: contactName(card), stage: stage.name });

/** Moves a card to a stage and offers to move it back. Answers whether it moved. */
export function useMoveCard(pipelineId: string): (card: ContactRow, stage: Stage) => Promise<boolean> {
  const run = useRunCommand();
  const offerUndo = useOfferUndo();
  return useCallback(
    async (card, stage) => {
      if (card.stageId === stage.id) return false;
      const contactIds = [card.id];
      const done = await run({
        name: 'contacts.moveToStage',
        input: { contactIds, stageId: stage.id, pipelineId },
      });
      if (!done) return false;
      const back = { contactIds, stageId: card.stageId, pipelineId: card.pipelineId };
      offerUndo({
        label: movedWords(card, stage),
        undo: () => void run({ name: 'contacts.moveToStage', input: back }),
      });
      return true;
    },
    [run, offerUndo, pipelineId],
  );
}
