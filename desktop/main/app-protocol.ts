import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { net, protocol, type Session } from 'electron';
import { CONTENT_SECURITY_POLICY } from './security/content-security-policy.ts';

const SCHEME = 'app';
export const APP_ORIGIN = `${SCHEME}://switchboard`;

/** Before the app is ready: the page gets an origin of its own instead of file:// (Electron security checklist 18). */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built renderer, and nothing outside its folder. Unknown paths are routes of the page. */
export function serveApp(session: Session, rendererDir: string): void {
  session.protocol.handle(SCHEME, async (request) => {
    const file = await findFile(rendererDir, new URL(request.url).pathname);
    const answer = await net.fetch(pathToFileURL(file).href);
    const headers = new Headers(answer.headers);
    headers.set('content-security-policy', CONTENT_SECURITY_POLICY);
    headers.set('x-content-type-options', 'nosniff');
    return new Response(answer.body, { status: answer.status, headers });
  });
}

/** The file a path means: itself when it lies in `dir`, else the page. */
export async function findFile(dir: string, pathname: string): Promise<string> {
  const page = path.join(dir, 'index.html');
  const file = path.resolve(dir, `.${path.posix.normalize(decodeURIComponent(pathname))}`);
  if (!file.startsWith(dir + path.sep)) return page;
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? file : page;
}
