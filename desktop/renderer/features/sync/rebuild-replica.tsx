import { DatabaseBackup } from 'lucide-react';
import { useId, useState } from 'react';
import type { SyncState } from '../../../../shared/bridge/bridge-contract.ts';
import { useAnnounce } from '../../lib/announce.tsx';
import { useBridge } from '../../lib/bridge-context.tsx';
import { plural } from '../../lib/format/format-count.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
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
    setError('error' in reply ? reply.error.message : null);
    if ('data' in reply) announce('The data on this computer is being fetched anew');
  };
  return (
    <section aria-label="Rebuild" className="grid gap-2">
      <h2 className="h-sect !mb-0">When something looks wrong</h2>
      <p id={reasonId} className="text-small text-ink-2">
        {offline
          ? 'Rebuilding waits for the line: without it the data would stay away until you are back.'
          : 'Rebuilding fetches everything from the server again. Changes that wait or were refused stay, and so do your settings.'}
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
          Rebuild the data on this computer
        </Button>
      </div>
      <Confirm
        title="Rebuild the data on this computer?"
        description={rebuildWords(sync)}
        confirmLabel="Rebuild"
        open={asking}
        onOpenChange={setAsking}
        onConfirm={() => void rebuild()}
      />
    </section>
  );
}

function rebuildWords({ pending, refused }: SyncState): string {
  const kept = [
    pending > 0 && plural(pending, 'change that waits', 'changes that wait'),
    refused > 0 && plural(refused, 'refused one'),
  ].filter(Boolean);
  const stays =
    kept.length === 0 ? 'No change waits' : `${kept.join(' and ')} ${pending + refused === 1 ? 'stays' : 'stay'}`;
  return `Everything is fetched from the server again. You can go on working meanwhile, but lists are short until it is here. ${stays}, nothing is deleted on the server.`;
}
