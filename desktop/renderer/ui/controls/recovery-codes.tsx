import { Copy, Printer } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../lib/i18n/t.ts';
import { useCopy } from '../../lib/use-copy.ts';
import { Button } from '../button.tsx';
import { FieldError } from '../field.tsx';
import { Modal } from '../modal.tsx';

/** Shown this once. Closing takes saying that they are kept, because they cannot be shown again. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { copied, copy } = useCopy();
  const [kept, setKept] = useState(false);
  const [hurried, setHurried] = useState(false);
  return (
    <Modal
      open
      onOpenChange={(open) => {
        if (open) return;
        if (kept) onClose();
        else setHurried(true);
      }}
      title={t('Keep these recovery codes')}
      description={t(
        'Each opens your account once when your phone is lost. They are shown this one time; older codes work no more.',
      )}
    >
      <div className="grid gap-3">
        <ol className="codes printed" aria-label={t('Recovery codes')}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
        <div className="flex gap-2">
          <Button icon={Copy} onClick={() => void copy(codes.join('\n'))}>
            {copied ? t('Copied') : t('Copy')}
          </Button>
          <Button icon={Printer} onClick={() => window.print()}>
            {t('Print')}
          </Button>
        </div>
        <label className="flex items-center gap-2">
          <input type="checkbox" checked={kept} onChange={(event) => setKept(event.target.checked)} />
          {t('I have put them where I find them without this computer')}
        </label>
        {hurried && !kept && <FieldError message={t('Keep them first and say so: they cannot be shown again.')} />}
        <div className="flex justify-end">
          <Button look="primary" disabled={!kept} onClick={onClose}>
            {t('Done', { context: 'verb' })}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
