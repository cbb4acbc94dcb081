import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { NoteRow } from '../../../../../shared/bridge/contacts-contract.ts';
import { hasRole } from '../../../../../shared/protocol/role.ts';
import { useOfferUndo } from '../../../lib/actions/undo.tsx';
import { formatFull, formatMoment } from '../../../lib/format/format-time.ts';
import { useRunCommand } from '../../../lib/use-command.ts';
import { useIdentity, useMay } from '../../../lib/use-identity.ts';
import { useNow } from '../../../lib/use-now.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { saidInWords } from '../../../lib/i18n/said-in-words.ts';
import { t } from '../../../lib/i18n/t.ts';
import { EditedNote, NewNote } from './note-editor.tsx';

/** What the team wrote down about a contact, newest first. */
export function ContactNotes({ contactId }: { contactId: string }) {
  const run = useRunCommand();
  const mayWrite = useMay('AGENT');
  const { data: notes, error, refetch } = useQuery('contacts.notes', { contactId });
  return (
    <>
      <h2 className="h-sect">{t('Notes')}</h2>
      {mayWrite && (
        <NewNote
          key={contactId}
          contactId={contactId}
          onSave={(body) => run({ name: 'notes.add', input: { contactId, body } })}
        />
      )}
      {error && !notes && (
        <p className="mt-2 text-small text-ink-2" role="alert">
          {saidInWords(error.message)}{' '}
          <Button size="sm" look="ghost" onClick={() => void refetch()}>
            {t('Try again')}
          </Button>
        </p>
      )}
      {notes?.length === 0 && (
        <p className="mt-2 text-small text-ink-3">{t('Nobody has written anything down yet.')}</p>
      )}
      {notes?.map((note) => (
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
  const author = mine ? t('You') : (members.find((member) => member.id === note.authorId)?.name ?? t('Someone'));

  const remove = async () => {
    const done = await run({ name: 'notes.delete', input: { id: note.id } });
    const again = () => void run({ name: 'notes.add', input: { contactId, body: note.body } });
    if (done) offerUndo({ label: t('Deleted a note'), undo: again });
  };
  if (editing) {
    return (
      <div className="note">
        <EditedNote
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
        {note.updatedAt > note.createdAt && <span>{t('changed')}</span>}
        {note.pending && <span className="pend" role="img" aria-label={t('Not sent yet')} title={t('Not sent yet')} />}
        {mayChange && (
          <span className="note-tools ms-auto flex">
            <IconButton size="sm" icon={Pencil} label={t('Change the note')} onClick={() => setEditing(true)} />
            <IconButton size="sm" icon={Trash2} label={t('Delete the note')} onClick={() => void remove()} />
          </span>
        )}
      </div>
      {note.body}
    </article>
  );
}
