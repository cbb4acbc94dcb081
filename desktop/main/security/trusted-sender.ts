import type { IpcMainInvokeEvent } from 'electron';
import { APP_ORIGIN } from '../app-protocol.ts';

/** Electron security checklist 17: only the top frame of our own page may speak to the core. */
export const isTrustedSender = ({ senderFrame }: Pick<IpcMainInvokeEvent, 'senderFrame'>): boolean =>
  senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(`${APP_ORIGIN}/`);
