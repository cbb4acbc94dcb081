import type { Command } from '../../../../../../shared/bridge/bridge-contract.ts';
import { useAnnounce } from '../../../../lib/announce.tsx';
import { useUndoable } from '../../../../lib/actions/use-undoable.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useOnce } from '../../../../lib/operations/use-once.ts';
import type { Selection } from './use-selection.ts';

export type BulkActs = {
  /** One is being written down: of very many contacts that takes seconds. */
  busy: boolean;
  tag: (tag: string) => Promise<void>;
  untag: (tag: string) => Promise<void>;
  assign: (ownerId: string | null, name: string) => Promise<void>;
  move: (stage: { id: string; pipelineId: string; name: string }) => Promise<void>;
  setStatus: (leadStatus: string, name: string) => Promise<void>;
  setScore: (leadScore: number) => Promise<void>;
  addToGroup: (group: { id: string; name: string }) => Promise<void>;
  delete: () => Promise<void>;
};

/** Acts on everybody who is chosen: each is one act, which Z takes back as a whole. Afterwards nobody is chosen. */
export function useBulkActs(selection: Selection): BulkActs {
  const undoable = useUndoable();
  const announce = useAnnounce();

  const { busy, once } = useOnce();
  const act = (command: (contactIds: string[]) => Command, label: (count: number) => string) =>
    once(() => write(command, label));
  const write = async (command: (contactIds: string[]) => Command, label: (count: number) => string) => {
    const contactIds = await selection.listIds();
    if (!contactIds || contactIds.length === 0) return;
    const text = label(contactIds.length);
    if (!(await undoable(command(contactIds), text))) return;
    selection.clear();
    announce(text);
  };
  return {
    busy,
    tag: (tag) =>
      act(
        (contactIds) => ({ name: 'contacts.addTags', input: { contactIds, tags: [tag] } }),
        (count) => t('Tagged {{count}} contacts with {{tag}}', { count, tag }),
      ),
    untag: (tag) =>
      act(
        (contactIds) => ({ name: 'contacts.removeTags', input: { contactIds, tags: [tag] } }),
        (count) => t('Took {{tag}} off {{count}} contacts', { count, tag }),
      ),
    assign: (ownerId, name) =>
      act(
        (contactIds) => ({ name: 'contacts.assign', input: { contactIds, ownerId } }),
        (count) => t('Gave {{count}} contacts to {{name}}', { count, name }),
      ),
    move: ({ id, pipelineId, name }) =>
      act(
        (contactIds) => ({ name: 'contacts.moveToStage', input: { contactIds, stageId: id, pipelineId } }),
        (count) => t('Moved {{count}} contacts to {{stage}}', { count, stage: name }),
      ),
    setStatus: (leadStatus, name) =>
      act(
        (contactIds) => ({ name: 'contacts.setStatus', input: { contactIds, leadStatus } }),
        (count) => t('Gave {{count}} contacts the status {{status}}', { count, status: name }),
      ),
    setScore: (leadScore) =>
      act(
        (contactIds) => ({ name: 'contacts.setScore', input: { contactIds, leadScore } }),
        (count) => t('Gave {{count}} contacts the score {{score}}', { count, score: leadScore }),
      ),
    addToGroup: ({ id, name }) =>
      act(
        (contactIds) => ({ name: 'contacts.addToGroup', input: { groupId: id, contactIds } }),
        (count) => t('Added {{count}} contacts to {{group}}', { count, group: name }),
      ),
    delete: () =>
      act(
        (contactIds) => ({ name: 'contacts.deleteMany', input: { contactIds } }),
        (count) => t('Deleted {{count}} contacts', { count }),
      ),
  };
}
