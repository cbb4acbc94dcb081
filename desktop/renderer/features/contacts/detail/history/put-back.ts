import type { Command } from '../../../../../../shared/bridge/bridge-contract.ts';
import type { ContactDetail, ContactSetup } from '../../../../../../shared/bridge/contacts-contract.ts';
import { contactFields } from '../../../../../../shared/contacts/contact.ts';
import type { HistoryEntry } from '../../../../../../shared/contacts/history-operations.ts';
import { isSameValue } from '../../../../../../shared/kernel/same-value.ts';

type Now = { contact: ContactDetail; setup: ContactSetup };

/** The act that gives a contact the value back that it had before a change; null where there is none, or it has it already. */
export function putBack({ kind, field, before, after }: HistoryEntry, { contact, setup }: Now): Command | null {
  const contactIds = [contact.id];
  const was = before ?? null;
  switch (kind) {
    case 'STAGE_CHANGED': {
      const stage = setup.stages.find(({ id }) => id === was);
      if (was === contact.stageId || (was !== null && !stage)) return null;
      const pipelineId = stage?.pipelineId ?? null;
      return { name: 'contacts.moveToStage', input: { contactIds, stageId: stage?.id ?? null, pipelineId } };
    }
    case 'STATUS_CHANGED': {
      const isKnown = setup.statuses.some(({ key }) => key === was);
      if (typeof was !== 'string' || was === contact.leadStatus || !isKnown) return null;
      return { name: 'contacts.setStatus', input: { contactIds, leadStatus: was } };
    }
    case 'TAG_ADDED':
    case 'TAG_REMOVED': {
      const tag = kind === 'TAG_ADDED' ? after : before;
      const has = typeof tag === 'string' && contact.tags.includes(tag);
      if (typeof tag !== 'string' || has !== (kind === 'TAG_ADDED')) return null;
      return {
        name: kind === 'TAG_ADDED' ? 'contacts.removeTags' : 'contacts.addTags',
        input: { contactIds, tags: [tag] },
      };
    }
    case 'GROUP_ADDED':
    case 'GROUP_REMOVED': {
      const name = kind === 'GROUP_ADDED' ? after : before;
      const group = [...setup.groups, ...setup.segments].find((one) => one.name === name);
      if (!group || contact.groupIds.includes(group.id) !== (kind === 'GROUP_ADDED')) return null;
      const input = { groupId: group.id, contactIds };
      return { name: kind === 'GROUP_ADDED' ? 'contacts.removeFromGroup' : 'contacts.addToGroup', input };
    }
    case 'SCORE_CHANGED':
    case 'FIELD_CHANGED':
      return putFieldBack(field, was, contact);
    default:
      return null;
  }
}

function putFieldBack(field: string | null, was: unknown, contact: ContactDetail): Command | null {
  if (field === null || !(field in contactFields.shape)) return null;
  if (isSameValue((contact as Record<string, unknown>)[field] ?? null, was)) return null;
  const checked = contactFields.partial().safeParse({ [field]: was });
  return checked.success ? { name: 'contacts.update', input: { id: contact.id, ...checked.data } } : null;
}
