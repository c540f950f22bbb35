import * as z from 'zod/mini';

/** A calendar date, `YYYY-MM-DD`. */
export const date = z
  .string('must be a date, YYYY-MM-DD')
  .check(z.refine(isCalendarDate, 'must be a date, YYYY-MM-DD'));

function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
