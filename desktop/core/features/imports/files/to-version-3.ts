/**
 * A card of version 2.1 (Versit, 1996; still written by phones) as version 3.0 (RFC 2426): quoted-printable texts decoded, bare types named.
 * Later versions stay as they are.
 */
export function toVersion3(card: string): string {
  if (!/^VERSION:2\.1\s*$/im.test(card)) return card;
  // A quoted-printable line goes on in the next where it ends with an equals sign.
  const lines = card
    .replace(/^([^\r\n:]*QUOTED-PRINTABLE[^\r\n:]*:(?:[^\r\n]*=\r?\n)*[^\r\n]*)/gim, (whole) =>
      whole.replace(/=\r?\n/g, ''),
    )
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/);
  return lines.map(toLine).join('\r\n');
}

function toLine(line: string): string {
  if (/^VERSION:/i.test(line)) return 'VERSION:3.0';
  const colon = line.indexOf(':');
  if (colon < 0) return line;
  const [name = '', ...parameters] = line.slice(0, colon).split(';');
  const valueOf = (key: string) =>
    parameters.find((parameter) => parameter.toUpperCase().startsWith(`${key}=`))?.slice(key.length + 1);
  const isQuoted = parameters.some((parameter) => /^(ENCODING=)?QUOTED-PRINTABLE$/i.test(parameter));
  const value = line.slice(colon + 1);
  const text = isQuoted ? escapeLines(decodeQuoted(value, valueOf('CHARSET') ?? 'utf-8')) : value;
  const kept = parameters
    .filter((parameter) => !/^(ENCODING=|CHARSET=|QUOTED-PRINTABLE$|BASE64$|8BIT$|7BIT$)/i.test(parameter))
    .map((parameter) => (parameter.includes('=') ? parameter : `TYPE=${parameter}`));
  return `${[name, ...kept].join(';')}:${text}`;
}

function decodeQuoted(text: string, charset: string): string {
  const bytes = text.replace(/=([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  try {
    return new TextDecoder(charset).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return new TextDecoder('windows-1252').decode(Buffer.from(bytes, 'latin1'));
  }
}

const escapeLines = (text: string): string => text.replace(/\r?\n/g, '\\n');
