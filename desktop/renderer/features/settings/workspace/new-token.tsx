import { Copy } from 'lucide-react';
import { useState } from 'react';
import { createToken } from '../../../../../shared/people/token-operations.ts';
import { SCOPED_AREAS, type TokenScope } from '../../../../../shared/people/token-scope.ts';
import type { Role } from '../../../../../shared/protocol/role.ts';
import { t } from '../../../lib/i18n/t.ts';
import { roleWord } from '../../../lib/operations/role-words.ts';
import { useCopy } from '../../../lib/use-copy.ts';
import { useMay } from '../../../lib/use-identity.ts';
import { useOperation } from '../../../lib/operations/use-operation.ts';
import { Button } from '../../../ui/button.tsx';
import { FieldError, SelectField, TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { WritingModal } from '../../../ui/controls/writing-modal.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { useSettingForm } from '../use-setting-form.ts';
import { scopeWord } from './scope-words.ts';

const DAYS = [7, 30, 90, 365] as const;
type Draft = {
  name: string;
  kind: 'personal' | 'service';
  scopes: TokenScope[];
  role: Exclude<Role, 'OWNER'>;
  expiresInDays: number;
};
const EMPTY: Draft = { name: '', kind: 'personal', scopes: [], role: 'AGENT', expiresInDays: 90 };

/** Made, shown once, copied, gone: the server keeps only what recognises it. */
export function NewToken({ onClose }: { onClose: () => void }) {
  const [token, setToken] = useState<string | null>(null);
  const [typed, setTyped] = useState(false);
  if (token !== null) return <ShowOnce token={token} onClose={onClose} />;
  return (
    <WritingModal open wide unsaved={typed} onClose={onClose} title={t('New access token')}>
      <TokenForm onMade={setToken} onTyped={() => setTyped(true)} onCancel={onClose} />
    </WritingModal>
  );
}

type TokenFormProps = { onMade: (token: string) => void; onTyped: () => void; onCancel: () => void };

function TokenForm({ onMade, onTyped, onCancel }: TokenFormProps) {
  const run = useOperation();
  const admin = useMay('ADMIN');
  const [draft, write] = useState(EMPTY);
  const setDraft = (next: Draft) => {
    write(next);
    onTyped();
  };
  const form = useSettingForm<Draft, { token: string }>(
    createToken.input,
    (given) => run(createToken, given),
    ({ token }) => onMade(token),
  );
  const toggle = (scope: TokenScope) =>
    setDraft({
      ...draft,
      scopes: draft.scopes.includes(scope) ? draft.scopes.filter((one) => one !== scope) : [...draft.scopes, scope],
    });
  return (
    <form
      noValidate
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void form.send(draft);
      }}
    >
      <TextField
        label={t('What uses it')}
        autoFocus
        value={draft.name}
        error={form.errors['name']}
        onChange={(event) => setDraft({ ...draft, name: event.target.value })}
      />
      {admin && (
        <div className="grid gap-1">
          <Segmented
            label={t('Acts as')}
            value={draft.kind}
            onChoose={(kind) => setDraft({ ...draft, kind })}
            segments={[
              { value: 'personal', label: t('You') },
              { value: 'service', label: t('The workspace') },
            ]}
          />
          <p className="text-small text-ink-3">
            {draft.kind === 'personal'
              ? t('It may do what you may do, within its scopes, and ends with your access.')
              : t('It stays when people leave, with the role you choose.')}
          </p>
        </div>
      )}
      <fieldset className="grid gap-1">
        <legend className="mb-1 text-small text-ink-2">{t('What it may do')}</legend>
        <div className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
          {SCOPED_AREAS.flatMap((area): TokenScope[] => [`${area}:read`, `${area}:write`]).map((scope) => (
            <label key={scope} className="flex min-h-6 items-center gap-2">
              <input type="checkbox" checked={draft.scopes.includes(scope)} onChange={() => toggle(scope)} />
              {scopeWord(scope)}
            </label>
          ))}
        </div>
        {form.errors['scopes'] && <FieldError message={form.errors['scopes']} />}
      </fieldset>
      <div className="grid gap-3 sm:grid-cols-2">
        {draft.kind === 'service' && (
          <SelectField
            label={t('Role')}
            value={draft.role}
            onChange={(event) => setDraft({ ...draft, role: event.target.value as Draft['role'] })}
          >
            {(['VIEWER', 'AGENT', 'MANAGER', 'ADMIN'] as const).map((role) => (
              <option key={role} value={role}>
                {roleWord(role)}
              </option>
            ))}
          </SelectField>
        )}
        <SelectField
          label={t('Works for')}
          value={String(draft.expiresInDays)}
          onChange={(event) => setDraft({ ...draft, expiresInDays: Number(event.target.value) })}
        >
          {DAYS.map((days) => (
            <option key={days} value={days}>
              {t('{{count}} days', { count: days })}
            </option>
          ))}
        </SelectField>
      </div>
      {form.errors['form'] && <FieldError message={form.errors['form']} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>{t('Cancel')}</Button>
        <Button look="primary" type="submit" disabled={form.busy}>
          {t('Make the token')}
        </Button>
      </div>
    </form>
  );
}

function ShowOnce({ token, onClose }: { token: string; onClose: () => void }) {
  const { copied, copy } = useCopy();
  const [hurried, setHurried] = useState(false);
  return (
    <Modal
      open
      onOpenChange={(open) => {
        if (open) return;
        if (copied) onClose();
        else setHurried(true);
      }}
      title={t('Copy the token now')}
      description={t(
        'It is shown this one time. The server keeps only what recognises it, so nobody can show it again.',
      )}
    >
      <div className="grid gap-3">
        <code className="secret" aria-label={t('The token')}>
          {token}
        </code>
        {hurried && !copied && (
          <FieldError message={t('Copy it first: it cannot be shown again. Done closes without it.')} />
        )}
        <div className="flex justify-end gap-2">
          <Button icon={Copy} look={copied ? 'default' : 'primary'} autoFocus onClick={() => void copy(token)}>
            {copied ? t('Copied') : t('Copy')}
          </Button>
          <Button onClick={onClose}>{t('Done', { context: 'verb' })}</Button>
        </div>
      </div>
    </Modal>
  );
}
