import { Menu, Tray, type MenuItemConstructorOptions, type NativeImage } from 'electron';
import type { SyncState } from '../../../shared/bridge/bridge-contract.ts';
import type { Words } from './words.ts';

export type Seen = { waiting: number; sync: SyncState | null; startsAtLogin: boolean; words: Words };
type Acts = { show: () => void; syncNow: () => void; setStartAtLogin: (on: boolean) => void; quit: () => void };

/** What the tray says about sync, in a line. */
export function trayStatus(sync: SyncState | null, words: Words): string {
  if (!sync) return words.notSignedIn;
  if (sync.refused > 0) return words.editsRefused(sync.refused);
  if (sync.standstill) return words.standsStill;
  if (sync.status === 'offline') return sync.pending > 0 ? words.offlineWith(sync.pending) : words.offline;
  return sync.pending > 0 ? words.changesWait(sync.pending) : words.saved;
}

export const trayMenu = ({ waiting, sync, startsAtLogin, words }: Seen, acts: Acts): MenuItemConstructorOptions[] => [
  { label: words.open, click: acts.show },
  { label: words.peopleWait(waiting), enabled: false, visible: waiting > 0 },
  { label: trayStatus(sync, words), enabled: false },
  { type: 'separator' },
  { label: words.syncNow, click: acts.syncNow },
  {
    label: words.startAtLogin,
    type: 'checkbox',
    checked: startsAtLogin,
    click: ({ checked }) => acts.setStartAtLogin(checked),
  },
  { type: 'separator' },
  { label: words.quit, click: acts.quit },
];

/** The app beside the clock: who waits, how sync stands, and the way out. Null where the desktop has no such place. */
export function openTray(icon: NativeImage, acts: Acts): ((seen: Seen) => void) | null {
  try {
    const tray = new Tray(icon);
    tray.on('click', acts.show);
    return (seen) => {
      tray.setToolTip(
        `Switchboard: ${seen.waiting > 0 ? seen.words.peopleWait(seen.waiting) : trayStatus(seen.sync, seen.words)}`,
      );
      tray.setContextMenu(Menu.buildFromTemplate(trayMenu(seen, acts)));
    };
  } catch {
    return null;
  }
}
