/** What statuses are drawn on: `surface` of the light and of the dark theme. */
const SURFACES = { light: '#fdfdfb', dark: '#131716' } as const;
/** Of a mark against its ground (WCAG 2.2, 1.4.11). */
const NEEDED = 3;

/** How far two colours (`#rrggbb`) stand apart, from 1 to 21 (WCAG 2.2). */
export function contrastOf(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** What is wrong with a colour for a dot and a word, in words; null when both themes show it well enough. */
export function colorProblem(color: string): string | null {
  if (contrastOf(color, SURFACES.light) < NEEDED)
    return 'Too light to be seen on a light background; choose a darker one';
  if (contrastOf(color, SURFACES.dark) < NEEDED)
    return 'Too dark to be seen on a dark background; choose a lighter one';
  return null;
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
