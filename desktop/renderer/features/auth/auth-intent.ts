/** What somebody came to the way in with: a link they followed or pasted. */
export type AuthIntent = { kind: 'sign-in'; email: string } | { kind: 'join'; code: string };

const TOKEN = /^[\w.-]{8,400}$/u;

/** The secret of an invitation or a reset, from its link or by itself; null when there is none in the text. */
export function tokenIn(text: string, kind: 'join' | 'reset'): string | null {
  const given = text.trim();
  if (!URL.canParse(given)) return TOKEN.test(given) ? given : null;
  const { pathname, searchParams } = new URL(given);
  const found = new RegExp(`/${kind}/([^/]+)/?$`, 'u').exec(pathname)?.[1] ?? searchParams.get('code') ?? '';
  return TOKEN.test(found) ? found : null;
}
