import { Laptop, LogOut, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ResultOf } from '../../../../../shared/bridge/bridge-contract.ts';
import { endDevice, wipeDevice } from '../../../../../shared/people/device-operations.ts';
import { formatFull, formatPassed } from '../../../lib/format/format-time.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useNow } from '../../../lib/use-now.ts';
import { useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { Button } from '../../../ui/button.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { Read } from '../setting-read.tsx';

type Device = ResultOf<'devices.list'>[number];

/** Where somebody is signed in, what becomes of a lost computer. */
export function DeviceList({ whose, userId }: { whose: 'own' | 'all'; userId?: string }) {
  const read = useQuery('devices.list', { whose });
  const now = useNow();
  return (
    <Read of={read}>
      {(all) => {
        const devices = all.filter((device) => userId === undefined || device.userId === userId);
        if (devices.length === 0)
          return <p className="text-small text-ink-3">{t('No device has signed in with this version yet.')}</p>;
        return (
          <ul className="set-card set-list">
            {devices.map((device) => (
              <DeviceRow key={device.id} device={device} now={now} />
            ))}
          </ul>
        );
      }}
    </Read>
  );
}

function DeviceRow({ device, now }: { device: Device; now: number }) {
  const run = useRunOperation();
  const [asked, setAsked] = useState<'end' | 'wipe' | null>(null);
  const name = device.name || t('A device without a name');
  const ended = device.endedAt !== null || device.wipeAskedAt !== null;
  return (
    <li className="set-row">
      <Laptop size={16} aria-hidden="true" className="text-ink-3" />
      <div className="what">
        <div className="med flex items-center gap-2">
          <span className="trunc">{name}</span>
          {device.current && <span className="badge">{t('this one')}</span>}
        </div>
        <p title={formatFull(device.lastSeenAt)}>
          {[device.userName, platformWord(device.platform), device.appVersion, stateWords(device, now)]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {!device.current && (
        <div className="acts">
          {!ended && (
            <Button size="sm" icon={LogOut} onClick={() => setAsked('end')}>
              {t('Sign out')}
            </Button>
          )}
          {device.wipeAskedAt === null && (
            <Button size="sm" look="ghost" icon={Trash2} onClick={() => setAsked('wipe')}>
              {t('Wipe')}
            </Button>
          )}
        </div>
      )}
      <Confirm
        open={asked === 'end'}
        onOpenChange={(open) => setAsked(open ? 'end' : null)}
        title={t('Sign {{device}} out?', { device: name })}
        description={t('Nothing syncs there until somebody signs in again. What is on it stays on it.')}
        confirmLabel={t('Sign out')}
        onConfirm={() => void run(endDevice, { id: device.id })}
      />
      <Confirm
        open={asked === 'wipe'}
        onOpenChange={(open) => setAsked(open ? 'wipe' : null)}
        title={t('Wipe {{device}}?', { device: name })}
        description={t(
          'When it next reaches the server it deletes its key and everything it holds, with whatever was not sent. This cannot be undone.',
        )}
        confirmLabel={t('Wipe')}
        onConfirm={() => void run(wipeDevice, { id: device.id })}
      />
    </li>
  );
}

const platformWord = (platform: string | null): string | null =>
  platform === null ? null : ({ darwin: 'macOS', win32: 'Windows', linux: 'Linux' }[platform] ?? platform);

function stateWords(device: Device, now: number): string {
  if (device.wipedAt !== null) return t('wiped {{when}}', { when: formatPassed(device.wipedAt, now) });
  if (device.wipeAskedAt !== null) return t('is wiped when it next reaches the server');
  if (device.endedAt !== null) return t('signed out {{when}}', { when: formatPassed(device.endedAt, now) });
  return t('seen {{when}}', { when: formatPassed(device.lastSeenAt, now) });
}
