import { DatabaseBackup } from 'lucide-react';
import { useId, useState } from 'react';
import type { SyncState } from '../../../../shared/bridge/bridge-contract.ts';
import { useAnnounce } from '../../lib/announce.tsx';
import { useBridge } from '../../lib/bridge-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { FieldError } from '../../ui/field.tsx';

/** Begins the data on this computer anew. Only with a line: without one it would stay away. */
export function RebuildReplica({ sync }: { sync: SyncState }) {
  const bridge = useBridge();
  const announce = useAnnounce();
  const reasonId = useId();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const offline = sync.status === 'offline';
  const rebuild = async () => {
    setBusy(true);
    const reply = await bridge.call('sync.rebuild', {});
    setBusy(false);
    setError('error' in reply ? saidInWords(reply.error.message) : null);
    if ('data' in reply) announce(t('The data on this computer is being fetched anew'));
  };
  return (
    <section aria-label={t('Rebuild')} className="grid gap-2">
      <h2 className="h-sect !mb-0">{t('When something looks wrong')}</h2>
      <p id={reasonId} className="text-small text-ink-2">
        {offline
          ? t('Rebuilding waits for the line: without it the data would stay away until you are back.')
          : t(
              'Rebuilding fetches everything from the server again. Changes that wait or were refused stay, and so do your settings.',
            )}
      </p>
      {error && <FieldError message={error} />}
      <div>
        <Button
          id="rebuild"
          icon={DatabaseBackup}
          disabled={offline || busy}
          aria-describedby={reasonId}
          onClick={() => setAsking(true)}
        >
          {t('Rebuild the data on this computer')}
        </Button>
      </div>
      <Confirm
        title={t('Rebuild the data on this computer?')}
        description={rebuildWords(sync)}
        confirmLabel={t('Rebuild')}
        open={asking}
        onOpenChange={setAsking}
        onConfirm={() => void rebuild()}
      />
    </section>
  );
}

function rebuildWords({ pending, refused }: SyncState): string {
  return [
    t(
      'Everything is fetched from the server again. You can go on working meanwhile, but lists are short until it is here.',
    ),
    staysWords(pending, refused),
  ].join(' ');
}

function staysWords(pending: number, refused: number): string {
  if (pending > 0 && refused > 0)
    return t('{{waiting}} and {{refused}} stay, nothing is deleted on the server.', {
      waiting: t('{{count}} changes that wait', { count: pending }),
      refused: t('{{count}} refused ones', { count: refused }),
    });
  if (pending > 0) return t('{{count}} changes that wait stay, nothing is deleted on the server.', { count: pending });
  return refused > 0
    ? t('{{count}} refused ones stay, nothing is deleted on the server.', { count: refused })
    : t('No change waits, nothing is deleted on the server.');
}
