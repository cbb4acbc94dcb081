import { useNavigate } from '@tanstack/react-router';
import { FileUp } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useBridge } from '../../lib/bridge-context.tsx';
import { useMay } from '../../lib/use-identity.ts';
import { Modal } from '../../ui/modal.tsx';
import { showError } from '../../ui/toaster.tsx';
import { t } from '../../lib/i18n/t.ts';
import { sendFile } from './send-file.ts';

const carriesFile = (event: React.DragEvent) => event.dataTransfer.types.includes('Files');

/** A file may be dropped anywhere on the children, or chosen; either way it becomes a draft to look at first. */
export function ImportDropZone({ children }: { children: (chooseFile: (() => void) | null) => ReactNode }) {
  const bridge = useBridge();
  const navigate = useNavigate();
  const mayImport = useMay('AGENT');
  const [chooser, setChooser] = useState<HTMLInputElement | null>(null);
  const [over, setOver] = useState(false);
  const [reading, setReading] = useState<{ name: string; share: number } | null>(null);

  const take = async (file: File | undefined) => {
    if (!file) return;
    setReading({ name: file.name, share: 0 });
    const reply = await sendFile(bridge, file, (share) => setReading({ name: file.name, share }));
    setReading(null);
    if ('error' in reply) showError(reply.error);
    else await navigate({ to: '/imports/$id', params: { id: reply.data.id } });
  };
  if (!mayImport) return children(null);
  return (
    <div
      className="relative flex min-h-0 flex-1 flex-col"
      role="presentation"
      onDragOver={(event) => {
        if (!carriesFile(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!carriesFile(event)) return;
        event.preventDefault();
        setOver(false);
        void take(event.dataTransfer.files[0]);
      }}
    >
      {children(() => chooser?.click())}
      <input
        ref={setChooser}
        type="file"
        accept=".csv,.tsv,.txt,.xlsx,.vcf,text/csv,text/vcard"
        aria-label={t('File to import')}
        className="hidden"
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      {over && (
        <div className="drop-veil">
          <div>
            <FileUp size={20} aria-hidden="true" className="mx-auto mb-2 text-accent-text" />
            <div className="med">{t('Drop the file to look at it')}</div>
            <p className="text-small text-ink-2">{t('Nothing is imported before you say so.')}</p>
          </div>
        </div>
      )}
      <Modal
        title={t('Reading {{file}}', { file: reading?.name ?? '' })}
        open={reading !== null}
        onOpenChange={() => {}}
      >
        <div
          className="prog"
          role="progressbar"
          aria-label={t('Reading')}
          aria-valuenow={Math.round((reading?.share ?? 0) * 100)}
        >
          <i style={{ width: `${(reading?.share ?? 0) * 100}%` }} />
        </div>
        <p className="mt-2 text-small text-ink-3">{t('It is read on this computer. No line is needed.')}</p>
      </Modal>
    </div>
  );
}
