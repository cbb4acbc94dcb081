const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** `812 kB`, `1.2 GB`: decimal units as disks are sold, one decimal below ten. */
export function formatBytes(bytes: number): string {
  const step = bytes < 1_000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** step;
  return `${step > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[step] ?? ''}`;
}
