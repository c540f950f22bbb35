import { DAY_MS } from './timestamp.ts';

/** The calendar day of a moment, `YYYY-MM-DD`, in UTC. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

/** The first millisecond of a day, `YYYY-MM-DD`, in UTC. */
export function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

export function addDays(day: string, days: number): string {
  return dayOf(startOf(day) + days * DAY_MS);
}

/** That many months later; the last day of a month where it has no such day. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  return dayOf(
    Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate())),
  );
}

/** How many whole years it takes from one day to reach the other; 0 where it is not later. */
export function yearsUntil(from: string, to: string): number {
  let years = 0;
  while (addMonths(from, 12 * years) < to) years += 1;
  return years;
}
