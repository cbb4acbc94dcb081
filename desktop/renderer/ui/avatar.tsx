/** A hue that stays with the name, so that people keep their colour. */
function hueOf(name: string): number {
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 360;
  return hash;
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /[\p{L}]/u.test(word));
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return (
    letters
      .map((word) => /\p{L}/u.exec(word ?? '')?.[0] ?? '')
      .join('')
      .toUpperCase() || '#'
  );
}

/** People are round, teammates rounded square. Always beside the name, so it is hidden from screen readers. */
export function Avatar({
  name,
  size = '',
  teammate = false,
}: {
  name: string;
  size?: '' | 'm' | 'l';
  teammate?: boolean;
}) {
  return (
    <span
      className={`avatar ${size} ${teammate ? 'user' : ''}`}
      style={{ '--h': hueOf(name) } as React.CSSProperties}
      aria-hidden="true"
    >
      {initialsOf(name)}
    </span>
  );
}
