import type { MeetingRow } from '../../../../shared/bridge/bridge-contract.ts';
import { useOfferUndo } from '../../lib/actions/undo.tsx';
import { useBridge } from '../../lib/bridge-context.tsx';
import { useRunCommand } from '../../lib/use-command.ts';
import { t } from '../../lib/i18n/t.ts';
import { useOnce } from '../../lib/operations/use-once.ts';
import { showError } from '../../ui/toaster.tsx';

const pick = (values: Record<string, unknown>, fields: readonly string[]) =>
  Object.fromEntries(fields.map((field) => [field, values[field] ?? null]));

/** What a person can do about changes that met. Both work without a line. */
export function useMergeActs(meeting: MeetingRow) {
  const bridge = useBridge();
  const run = useRunCommand();
  const offerUndo = useOfferUndo();
  const { busy, once } = useOnce();
  const { id, entity, entityId, mine, theirs, overwritten, contactName } = meeting;

  /** The later values again, as the edit that they are. */
  const setLater = () => {
    const { body } = mine;
    if (entity === 'contact')
      void run({ name: 'contacts.update', input: { id: entityId, ...pick(mine, overwritten) } });
    else if (typeof body === 'string') void run({ name: 'notes.edit', input: { id: entityId, body } });
  };
  const restore = async () => {
    const values = pick(theirs, overwritten) as Record<string, string>;
    const done = await run({ name: 'merges.restore', input: { id, shows: { entity, entityId, values } } });
    if (done) offerUndo({ label: t('Earlier values of {{name}} restored', { name: contactName }), undo: setLater });
  };
  const dismiss = async () => {
    const done = await run({ name: 'merges.dismiss', input: { id } });
    if (!done) return;
    const takeBack = async () => {
      const reply = await bridge.call('outbox.discard', { writeId: done.writeId });
      if ('error' in reply)
        showError({
          code: 'not_allowed_now',
          message: t('The server has it as settled already. It stays under Settled, where it can still be restored.'),
        });
    };
    offerUndo({ label: t('Settled: {{name}}', { name: contactName }), undo: () => void takeBack() });
  };
  return { busy, restore: () => void once(restore), dismiss: () => void once(dismiss) };
}
