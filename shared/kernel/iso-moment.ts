const DAY = 86_400_000;
const days = new Map<number, string>();
/** Days of some thirty years. */
const MOST_DAYS = 10_000;
const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`);

/** The same as `toISOString`, at a fraction of its cost: a file of a million contacts has millions of them. */
export function isoMoment(at: number): string {
  const day = Math.floor(at / DAY);
  let date = days.get(day);
  if (date === undefined) {
    if (days.size >= MOST_DAYS) days.clear();
    date = new Date(day * DAY).toISOString().slice(0, -13);
    days.set(day, date);
  }
  const ms = at - day * DAY;
  const s = Math.floor(ms / 1_000);
  const rest = Math.trunc(ms - s * 1_000);
  return `${date}${two(Math.floor(s / 3_600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}.${rest < 10 ? '00' : rest < 100 ? '0' : ''}${rest}Z`;
}
