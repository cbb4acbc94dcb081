const MOST = 6;
const placeOf = (userId: string) => `switchboard.searches.${userId}`;

/** What this person searched for on this computer, the latest first. */
export function recentSearches(userId: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(placeOf(userId)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((text) => typeof text === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Keeps a search that led somewhere. */
export function keepSearch(userId: string, text: string): void {
  const searched = text.trim();
  if (searched === '') return;
  const others = recentSearches(userId).filter((one) => one.toLowerCase() !== searched.toLowerCase());
  localStorage.setItem(placeOf(userId), JSON.stringify([searched, ...others].slice(0, MOST)));
}

export const forgetSearches = (userId: string): void => localStorage.removeItem(placeOf(userId));
