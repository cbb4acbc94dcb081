import { Copy } from 'lucide-react';
import { t } from '../../lib/i18n/t.ts';
import { useCopy } from '../../lib/use-copy.ts';
import { Button } from '../button.tsx';
import { TextField } from '../field.tsx';
import { QrCode } from './qr-code.tsx';

type SecretProps = {
  begun: { secret: string; uri: string };
  code: string;
  error?: string | undefined;
  onCode: (code: string) => void;
};

/** What an authenticator app is to learn, as a picture and to type, and the code it then shows. */
export function AuthenticatorSecret({ begun, code, error, onCode }: SecretProps) {
  const { copied, copy } = useCopy();
  return (
    <>
      <div className="justify-self-center">
        <QrCode text={begun.uri} label={t('The secret as a picture to scan')} />
      </div>
      <div className="flex items-center gap-2">
        <code className="secret flex-1" aria-label={t('The secret to type')}>
          {begun.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}
        </code>
        <Button size="sm" icon={Copy} onClick={() => void copy(begun.secret)}>
          {copied ? t('Copied') : t('Copy')}
        </Button>
      </div>
      <TextField
        label={t('Code the app shows now')}
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        maxLength={6}
        value={code}
        error={error}
        onChange={(event) => onCode(event.target.value.replaceAll(/\D/g, ''))}
      />
    </>
  );
}
