import { useState } from 'react';
import { dryRunAutomation } from '../../../../../../shared/statuses/automation-operations.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useOnce } from '../../../../lib/operations/use-once.ts';
import { useOnlineQuery } from '../../../../lib/operations/use-online-query.ts';
import { useOfflineReason } from '../../../../lib/operations/use-reasons.ts';
import { Button } from '../../../../ui/button.tsx';
import { Modal } from '../../../../ui/modal.tsx';
import type { Automation, Existing } from './automation-draft.ts';
import { DueAlready } from './due-already.tsx';

type TurnOnProps = {
  automation: Automation;
  onClose: () => void;
  /** True when it was taken. */
  onTurnOn: (existing: Existing) => Promise<boolean>;
};

/** Turns on what goes by time. With a line it says how many contacts are due already. */
export function TurnOnDialog({ automation, onClose, onTurnOn }: TurnOnProps) {
  const [existing, setExisting] = useState<Existing>('from_now');
  const { busy, once } = useOnce();
  const offline = useOfflineReason();
  const { data } = useOnlineQuery(dryRunAutomation, { id: automation.id }, offline === null);
  return (
    <Modal
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('Turn on {{name}}?', { name: automation.name })}
      description={
        data
          ? t('{{count}} contacts are due already.', { count: data.now.contacts })
          : t('How many contacts are due already is known with a line to the server.')
      }
    >
      <div className="grid gap-4">
        <DueAlready value={existing} onChange={setExisting} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button
            look="primary"
            disabled={busy}
            onClick={() => void once(async () => (await onTurnOn(existing)) && onClose())}
          >
            {t('Turn on')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
