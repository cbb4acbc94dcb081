// Stands in for the 'electron' module in unit tests and records what the shell does with it.
// `import type` and `satisfies` keep it honest against Electron's own typings without loading Electron.
import type { IpcMain, IpcMainInvokeEvent, Net, Protocol, SafeStorage, Session, Shell } from 'electron';

type Handler = Parameters<IpcMain['handle']>[1];

export const handlers = new Map<string, Handler>();
export const opened: string[] = [];
export const schemes: string[] = [];

export const ipcMain = {
  handle: (channel: string, handler: Handler) => void handlers.set(channel, handler),
} satisfies Partial<IpcMain>;
export const shell = { openExternal: async (url: string) => void opened.push(url) } satisfies Partial<Shell>;
export const net = { fetch: (input) => fetch(input as string) } satisfies Partial<Net>;
export const protocol = {
  registerSchemesAsPrivileged: (list) => void schemes.push(...list.map(({ scheme }) => scheme)),
} satisfies Partial<Protocol>;
/** What the system has to seal with. */
export const keychain = { backend: 'gnome_libsecret' as ReturnType<SafeStorage['getSelectedStorageBackend']> };

export const safeStorage = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => keychain.backend,
  encryptString: (text: string) => Buffer.from(`sealed:${Buffer.from(text).toString('base64')}`),
  decryptString: (bytes: Buffer) => {
    if (!bytes.toString().startsWith('sealed:')) throw new Error('cannot be decrypted');
    return Buffer.from(bytes.toString().slice('sealed:'.length), 'base64').toString();
  },
} satisfies Partial<SafeStorage>;

export type PermissionHandlers = {
  request?: Parameters<Session['setPermissionRequestHandler']>[0];
  check?: Parameters<Session['setPermissionCheckHandler']>[0];
};

export const call = (channel: string, sender: Pick<IpcMainInvokeEvent, 'senderFrame'>, ...args: unknown[]): unknown =>
  handlers.get(channel)?.(sender as IpcMainInvokeEvent, ...args);

/** What is drawn beside the clock is not looked at here. */
export class Tray {}
export const Menu = { buildFromTemplate: (template: unknown) => template };
