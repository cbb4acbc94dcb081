import type { ResultOf } from '../../../../shared/bridge/bridge-contract.ts';
import { contactView } from '../../../../shared/segments/contact-view.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';

/** The person's own views. One that this version cannot read, because a later one made it, is left out and left alone. */
export function listContactViews(db: ReadConnection): ResultOf<'contacts.views'> {
  const rows = db.sql(`SELECT id, body FROM own_items WHERE kind = 'contact_view'`).all() as {
    id: string;
    body: string;
  }[];
  return rows
    .flatMap(({ id, body }) => {
      const { name, displayOrder, view, createdAt } = JSON.parse(body) as {
        name: string;
        displayOrder: number;
        view: unknown;
        createdAt: number;
      };
      const read = contactView.safeParse(view);
      return read.success ? [{ id, name, displayOrder, createdAt, view: read.data }] : [];
    })
    .sort((a, b) => a.displayOrder - b.displayOrder || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
    .map(({ id, name, displayOrder, view }) => ({ id, name, displayOrder, view }));
}
