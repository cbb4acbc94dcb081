import type { ContactRow } from '../../../../shared/bridge/contacts-contract.ts';

/** The card under the pointer while it is dragged: browsers do not tell what is dragged before it is dropped. */
export const draggedCard: { current: ContactRow | null } = { current: null };
