import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { acceptInvitationRequest, type InvitationOffer } from '../../../../shared/auth/auth-requests.ts';
import { unwrap } from '../../lib/bridge-error.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { formatFull } from '../../lib/format/format-time.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { roleSentence, roleWord } from '../../lib/operations/role-words.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError, TextField } from '../../ui/field.tsx';
import { EnrolForm } from './enrol-form.tsx';
import { tokenIn } from './auth-intent.ts';
import { PasswordField } from './password-field.tsx';
import { useAuthForm } from './use-auth-form.ts';

/** By the link of an invitation: what it offers first, then a name and a password. */
export function JoinForm({ code, onBack }: { code: string | null; onBack: () => void }) {
  const bridge = useBridge();
  const [link, setLink] = useState(code ?? '');
  const [token, setToken] = useState(code === null ? null : tokenIn(code, 'join'));
  const [unread, setUnread] = useState(false);
  const {
    data: offer,
    error: refused,
    isFetching,
    refetch,
  } = useQuery({
    queryKey: ['invitation', token],
    queryFn: async () => unwrap(await bridge.call('session.invitation', { token: token ?? '' })),
    enabled: token !== null,
  });
  const error = unread
    ? t('Paste the whole link of the invitation')
    : refused
      ? saidInWords(refused.message)
      : undefined;
  const look = () => {
    const found = tokenIn(link, 'join');
    if (found !== null && found === token) return void refetch();
    setToken(found);
    setUnread(found === null);
    return undefined;
  };
  if (token !== null && offer) return <AcceptForm token={token} offer={offer} onBack={onBack} />;
  return (
    <form
      noValidate
      className="grid gap-3"
      aria-label={t('Join a team')}
      onSubmit={(event) => {
        event.preventDefault();
        look();
      }}
    >
      <h1 className="display-name">{t('Join a team')}</h1>
      <TextField
        size="lg"
        label={t('Link of the invitation')}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        value={link}
        error={isFetching ? undefined : error}
        onChange={(event) => {
          setLink(event.target.value);
          setToken(null);
          setUnread(false);
        }}
      />
      <Button look="primary" size="lg" type="submit" shortcut="enter" disabled={isFetching}>
        {isFetching ? t('Looking…') : t('Look at it')}
      </Button>
      <button type="button" className="link justify-self-start text-small" onClick={onBack}>
        {t('Back to signing in')}
      </button>
    </form>
  );
}

type AcceptProps = { token: string; offer: InvitationOffer; onBack: () => void };
type Values = { name: string; password: string };
const schema = acceptInvitationRequest.pick({ name: true, password: true });

function AcceptForm({ token, offer, onBack }: AcceptProps) {
  const bridge = useBridge();
  const [values, setValues] = useState<Values>({ name: '', password: '' });
  const [challenge, setChallenge] = useState<string | null>(null);
  const { errors, busy, send } = useAuthForm<Values>(
    schema,
    (given) => bridge.call('session.acceptInvitation', { token, ...given }),
    {
      instead: ({ details }) => {
        if (details?.['reason'] !== 'second_factor_needed') return false;
        setChallenge(String(details['challenge']));
        return true;
      },
    },
  );
  // The account is made; whoever goes back signs in with it.
  if (challenge !== null) return <EnrolForm challenge={challenge} onBack={onBack} />;
  return (
    <form
      noValidate
      className="grid gap-3"
      aria-label={t('Join {{team}}', { team: offer.tenantName })}
      onSubmit={(event) => {
        event.preventDefault();
        void send(values);
      }}
    >
      <h1 className="display-name">{t('Join {{team}}', { team: offer.tenantName })}</h1>
      <p className="text-ink-2">
        {t('{{name}} invited you as {{role}}.', { name: offer.invitedBy, role: roleWord(offer.role) })}{' '}
        {roleSentence(offer.role)}
      </p>
      <TextField size="lg" label={t('Work email')} value={offer.email} readOnly autoComplete="username" />
      <TextField
        size="lg"
        label={t('Your name')}
        autoComplete="name"
        autoFocus
        value={values.name}
        error={errors['name']}
        onChange={(event) => setValues({ ...values, name: event.target.value })}
      />
      <PasswordField
        autoComplete="new-password"
        value={values.password}
        error={errors['password']}
        onChange={(password) => setValues({ ...values, password })}
      />
      {errors['form'] && <FieldError message={errors['form']} />}
      <Button look="primary" size="lg" type="submit" shortcut="enter" disabled={busy}>
        {busy ? t('Joining…') : t('Join')}
      </Button>
      <p className="text-small text-ink-3">
        {t('The invitation works until {{when}}.', { when: formatFull(offer.expiresAt) })}{' '}
        <button type="button" className="link" onClick={onBack}>
          {t('Back to signing in')}
        </button>
      </p>
    </form>
  );
}
