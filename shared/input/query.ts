import * as z from 'zod/mini';

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

/** A number of months that makes 1 to 10 years, in a query string. */
export const wholeYears = z.pipe(
  integer(12, 120),
  z.number().check(z.multipleOf(12, 'must be 12 months or a multiple of them, up to 120')),
);

/** A position in a list, from 1. */
export const position = integer(1, 1_000_000_000);
