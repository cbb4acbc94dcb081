import { Menu, Tray, type MenuItemConstructorOptions, type NativeImage } from 'electron';
import type { SyncState } from '../../../shared/bridge/bridge-contract.ts';

export type Seen = { waiting: number; sync: SyncState | null; startsAtLogin: boolean };
type Acts = { show: () => void; syncNow: () => void; setStartAtLogin: (on: boolean) => void; quit: () => void };

/** What the tray says about sync, in a line. */
export function trayStatus(sync: SyncState | null): string {
  if (!sync) return 'Not signed in';
  const changes = sync.pending === 1 ? '1 change waits' : `${sync.pending} changes wait`;
  if (sync.refused > 0) return sync.refused === 1 ? '1 edit was refused' : `${sync.refused} edits were refused`;
  if (sync.standstill) return 'Sync stands still';
  if (sync.status === 'offline') return sync.pending > 0 ? `Offline, ${changes}` : 'Offline';
  return sync.pending > 0 ? changes : 'All changes saved';
}

export const trayMenu = ({ waiting, sync, startsAtLogin }: Seen, acts: Acts): MenuItemConstructorOptions[] => [
  { label: 'Open Switchboard', click: acts.show },
  { label: waiting === 1 ? '1 person waits' : `${waiting} people wait`, enabled: false, visible: waiting > 0 },
  { label: trayStatus(sync), enabled: false },
  { type: 'separator' },
  { label: 'Sync now', click: acts.syncNow },
  {
    label: 'Start when I sign in to this computer',
    type: 'checkbox',
    checked: startsAtLogin,
    click: ({ checked }) => acts.setStartAtLogin(checked),
  },
  { type: 'separator' },
  { label: 'Quit', click: acts.quit },
];

/** The app beside the clock: who waits, how sync stands, and the way out. Null where the desktop has no such place. */
export function openTray(icon: NativeImage, acts: Acts): ((seen: Seen) => void) | null {
  try {
    const tray = new Tray(icon);
    tray.on('click', acts.show);
    return (seen) => {
      tray.setToolTip(`Switchboard: ${seen.waiting > 0 ? `${seen.waiting} waiting` : trayStatus(seen.sync)}`);
      tray.setContextMenu(Menu.buildFromTemplate(trayMenu(seen, acts)));
    };
  } catch {
    return null;
  }
}
