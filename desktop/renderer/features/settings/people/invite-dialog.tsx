import { Copy } from 'lucide-react';
import { useState } from 'react';
import { GIVEN_ROLES, inviteMember } from '../../../../../shared/people/member-operations.ts';
import type { OutputOf } from '../../../../../shared/protocol/operation.ts';
import { formatFull } from '../../../lib/format/format-time.ts';
import { t } from '../../../lib/i18n/t.ts';
import { roleSentence, roleWord } from '../../../lib/operations/role-words.ts';
import { useCopy } from '../../../lib/use-copy.ts';
import { useOperation } from '../../../lib/operations/use-operation.ts';
import { Button } from '../../../ui/button.tsx';
import { FieldError, SelectField, TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { WritingModal } from '../../../ui/controls/writing-modal.tsx';
import { useSettingForm } from '../use-setting-form.ts';

type Draft = { email: string; role: (typeof GIVEN_ROLES)[number]; sendMail: boolean };
type Link = Pick<OutputOf<typeof inviteMember>, 'link' | 'mailed' | 'expiresAt'>;

/** By mail or by a link that one hands over oneself. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const run = useOperation();
  const [draft, setDraft] = useState<Draft>({ email: '', role: 'AGENT', sendMail: true });
  const [link, setLink] = useState<Link | null>(null);
  const form = useSettingForm<Draft, Link>(inviteMember.input, (given) => run(inviteMember, given), setLink);
  if (link) return <InvitationLink link={link} email={draft.email} onClose={onClose} />;
  return (
    <WritingModal open unsaved={draft.email.trim() !== ''} onClose={onClose} title={t('Invite somebody')}>
      <form
        noValidate
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void form.send(draft);
        }}
      >
        <TextField
          label={t('Work email')}
          type="email"
          autoFocus
          value={draft.email}
          error={form.errors['email']}
          onChange={(event) => setDraft({ ...draft, email: event.target.value })}
        />
        <SelectField
          label={t('Role')}
          value={draft.role}
          onChange={(event) => setDraft({ ...draft, role: event.target.value as Draft['role'] })}
        >
          {GIVEN_ROLES.map((role) => (
            <option key={role} value={role}>
              {roleWord(role)}
            </option>
          ))}
        </SelectField>
        <p className="text-small text-ink-3">{roleSentence(draft.role)}</p>
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={draft.sendMail}
            onChange={(event) => setDraft({ ...draft, sendMail: event.target.checked })}
          />
          {t('Send the link by mail')}
        </label>
        {form.errors['form'] && <FieldError message={form.errors['form']} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button look="primary" type="submit" disabled={form.busy}>
            {draft.sendMail ? t('Send the invitation') : t('Make a link')}
          </Button>
        </div>
      </form>
    </WritingModal>
  );
}

/** The link is shown once: it opens the workspace to whoever has it. */
export function InvitationLink({ link, email, onClose }: { link: Link; email: string; onClose: () => void }) {
  const { copied, copy } = useCopy();
  return (
    <Modal
      open
      onOpenChange={(open) => !open && onClose()}
      title={link.mailed ? t('The invitation is on its way') : t('Hand this link over')}
      description={
        link.mailed
          ? t('A mail goes to {{email}}. The link below is the same one.', { email })
          : t('It opens the workspace to whoever has it, so send it to {{email}} alone.', { email })
      }
    >
      <div className="grid gap-3">
        <code className="secret">{link.link}</code>
        <p className="text-small text-ink-3">
          {t('It works once, until {{when}}. It is not shown again; you can make a new one.', {
            when: formatFull(link.expiresAt),
          })}
        </p>
        <div className="flex justify-end gap-2">
          <Button icon={Copy} autoFocus look={copied ? 'default' : 'primary'} onClick={() => void copy(link.link)}>
            {copied ? t('Copied') : t('Copy the link')}
          </Button>
          <Button onClick={onClose}>{t('Done', { context: 'verb' })}</Button>
        </div>
      </div>
    </Modal>
  );
}
