/** Every time zone this machine knows, and the one that is chosen even where it does not. */
export const timeZones = (chosen: string | null): readonly string[] => {
  const all = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'));
  return chosen && !all.includes(chosen) ? [chosen, ...all] : all;
};
