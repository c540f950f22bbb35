import * as z from 'zod/mini';

const MAX_TEXT = 255;
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd]|\p{Surrogate}/u;

/** `true` or `false` in a query string. */
export const flag = z.pipe(
  z.enum(['true', 'false'], 'must be true or false'),
  z.transform((text) => text === 'true'),
);

/** A whole number from `min` to `max` in a query string, without sign or leading zeros. */
export function integer(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.pipe(
    z.string(message).check(z.regex(/^(0|[1-9]\d{0,14})$/, message)),
    z.pipe(
      z.transform(Number),
      z.number(message).check(z.minimum(min, message), z.maximum(max, message)),
    ),
  );
}

/** A calendar date, `YYYY-MM-DD`. */
export const date = z
  .string('must be a date, YYYY-MM-DD')
  .check(z.refine(isCalendarDate, 'must be a date, YYYY-MM-DD'));

/** A text that `*` and `?` may stand in for parts of. */
export const pattern = z.string('must be a text').check(
  z.minLength(1, 'must not be empty'),
  z.maxLength(MAX_TEXT, `must not be longer than ${MAX_TEXT} characters`),
  z.refine((text) => !UNPRINTABLE.test(text), 'must not hold control characters or broken Unicode'),
);

/** The registrar's tracking id of a request. */
export const svTrId = z
  .string('must be a tracking id: letters, digits and dashes')
  .check(z.regex(/^[A-Za-z0-9-]{1,64}$/, 'must be a tracking id: letters, digits and dashes'));

/** The registrar's number of a request. */
export const procId = z
  .string('must be a processing id: digits')
  .check(z.regex(/^\d{1,20}$/, 'must be a processing id: digits'));

function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
