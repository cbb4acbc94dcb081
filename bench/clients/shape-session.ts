import { must } from '../../shared/kernel/must.ts';
import { OWNER } from '../stack.ts';

/** What a desktop of the demo tenant says to be let in. */
export async function signInForShapes(serverUrl: string): Promise<Record<string, string>> {
  const answer = await fetch(`${serverUrl}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...OWNER, deviceId: crypto.randomUUID() }),
  });
  const { data } = (await answer.json()) as { data: { accessToken: string } };
  return { authorization: `Bearer ${data.accessToken}` };
}

/** A whole shape over plain HTTP, chunk by chunk, not parsed: how many bytes came. */
export async function walkShape(url: string, headers: Record<string, string>, columns: string): Promise<number> {
  let bytes = 0;
  let query = new URLSearchParams({ columns, offset: '-1' });
  for (;;) {
    const answer = await fetch(`${url}?${query.toString()}`, { headers });
    const body = await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`the shape answered ${answer.status}`);
    bytes += body.byteLength;
    if (answer.headers.has('electric-up-to-date')) return bytes;
    const header = (name: string) => must(answer.headers.get(name), name);
    query = new URLSearchParams({ columns, offset: header('electric-offset'), handle: header('electric-handle') });
  }
}
