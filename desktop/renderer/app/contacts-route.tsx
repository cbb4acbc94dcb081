import { ContactsPage } from '../features/contacts/contacts-page.tsx';
import { ImportDropZone } from '../features/imports/import-drop-zone.tsx';

/** The contact list with files welcome anywhere on it. */
export function ContactsRoute() {
  return <ImportDropZone>{(chooseFile) => <ContactsPage onImport={chooseFile} />}</ImportDropZone>;
}
