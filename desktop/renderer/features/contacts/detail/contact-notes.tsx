import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { NoteRow } from '../../../../../shared/bridge/bridge-contract.ts';
import { hasRole } from '../../../../../shared/protocol/role.ts';
import { useOfferUndo } from '../../../lib/actions/undo.tsx';
import { formatFull, formatMoment } from '../../../lib/format/format-time.ts';
import { useRunCommand } from '../../../lib/use-command.ts';
import { useIdentity, useMay } from '../../../lib/use-identity.ts';
import { useNow } from '../../../lib/use-now.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { IconButton } from '../../../ui/button.tsx';
import { NoteEditor } from './note-editor.tsx';

/** What the team wrote down about a contact, newest first. */
export function ContactNotes({ contactId }: { contactId: string }) {
  const run = useRunCommand();
  const mayWrite = useMay('AGENT');
  const { data: notes = [] } = useQuery('contacts.notes', { contactId });
  return (
    <>
      <h2 className="h-sect">Notes</h2>
      {mayWrite && (
        <NoteEditor
          key={contactId}
          label="Write a note"
          action="Save note"
          onSave={(body) => run({ name: 'notes.add', input: { contactId, body } })}
        />
      )}
      {notes.length === 0 && <p className="mt-2 text-small text-ink-3">Nobody has written anything down yet.</p>}
      {notes.map((note) => (
        <Note key={note.id} note={note} contactId={contactId} />
      ))}
    </>
  );
}

function Note({ note, contactId }: { note: NoteRow; contactId: string }) {
  const run = useRunCommand();
  const offerUndo = useOfferUndo();
  const identity = useIdentity();
  const now = useNow();
  const [editing, setEditing] = useState(false);
  const { data: members = [] } = useQuery('members.list', {});
  const mine = identity !== null && note.authorId === identity.userId;
  const mayChange = identity !== null && (mine || hasRole(identity.role, 'MANAGER'));
  const author = mine ? 'You' : (members.find((member) => member.id === note.authorId)?.name ?? 'Someone');

  const remove = async () => {
    const done = await run({ name: 'notes.delete', input: { id: note.id } });
    const again = () => void run({ name: 'notes.add', input: { contactId, body: note.body } });
    if (done) offerUndo({ label: 'Deleted a note', undo: again });
  };
  if (editing) {
    return (
      <div className="note">
        <NoteEditor
          label="Change the note"
          action="Save"
          text={note.body}
          onCancel={() => setEditing(false)}
          onSave={async (body) => {
            const done = await run({ name: 'notes.edit', input: { id: note.id, body } });
            if (done) setEditing(false);
            return done;
          }}
        />
      </div>
    );
  }
  return (
    <article className="note">
      <div className="flex min-h-6 items-center gap-1.5 text-small text-ink-3">
        <span className="med text-ink-2">{author}</span>
        <time title={formatFull(note.createdAt)}>{formatMoment(note.createdAt, now)}</time>
        {note.updatedAt > note.createdAt && <span>changed</span>}
        {note.pending && <span className="pend" role="img" aria-label="Not sent yet" title="Not sent yet" />}
        {mayChange && (
          <span className="note-tools ml-auto flex">
            <IconButton size="sm" icon={Pencil} label="Change the note" onClick={() => setEditing(true)} />
            <IconButton size="sm" icon={Trash2} label="Delete the note" onClick={() => void remove()} />
          </span>
        )}
      </div>
      {note.body}
    </article>
  );
}
