/** How result-list writes its times: today's ISO form, or the 14 digits of the documents. */
export type TimestampForm = 'iso' | 'compact';

export const DAY_MS = 86_400_000;

const DATE = /^(\d{4})(-?)(\d{2})\2(\d{2})$/;
const MOMENT = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;

/**
 * The moment in whole seconds, without a zone. The zone of the live list is not known; here it
 * is UTC, so that a day here is the same day on every laptop.
 */
export function writeTimestamp(atMs: number, form: TimestampForm): string {
  const iso = new Date(atMs).toISOString().slice(0, 19);
  return form === 'iso' ? iso : iso.replace(/\D/g, '');
}

/**
 * The first millisecond after what the `date` parameter names: a day (YYYY-MM-DD or YYYYMMDD) or a
 * second (YYYYMMDDHHMMSS). The documents do not give the form, so all three are read. Null: none.
 */
export function readDateEnd(text: string): number | null {
  const date = DATE.exec(text);
  const moment = MOMENT.exec(text);
  if (date) {
    const ms = calendarMs([date[1], date[3], date[4]]);
    return ms === null ? null : ms + DAY_MS;
  }
  const ms = moment ? calendarMs(moment.slice(1)) : null;
  return ms === null ? null : ms + 1000;
}

/** The milliseconds of such a calendar moment, or null when the calendar has no such one. */
function calendarMs(parts: readonly (string | undefined)[]): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const same = new Date(ms).toISOString().replace(/\D/g, '').slice(0, 14);
  const asked = parts.join('').padEnd(14, '0');
  return same === asked ? ms : null;
}
