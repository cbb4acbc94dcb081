import { useState } from 'react';
import { ContactsPage } from '../features/contacts/contacts-page.tsx';
import { ExportDialog, type ExportWish } from '../features/exports/export-dialog.tsx';
import { ImportDropZone } from '../features/imports/import-drop-zone.tsx';

/** The contact list with files welcome anywhere on it, and on their way out. */
export function ContactsRoute() {
  const [wish, setWish] = useState<ExportWish | null>(null);
  return (
    <>
      <ImportDropZone>{(chooseFile) => <ContactsPage onImport={chooseFile} onExport={setWish} />}</ImportDropZone>
      <ExportDialog wish={wish} onClose={() => setWish(null)} />
    </>
  );
}
