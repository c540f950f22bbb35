import * as z from 'zod/mini';

/** `true` or `false` in a JSON body. What is false is not sent. */
export const flag = z.boolean('must be true or false');

/** `true` or `false` in a JSON body where false is to be told as well. */
export const onOrOff = z.pipe(
  z.boolean('must be true or false'),
  z.transform((on) => (on ? '1' : '0')),
);

/** A whole number from `min` to `max` in a JSON body. */
export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.int(message).check(z.minimum(min, message), z.maximum(max, message));
}

/** `true` where a change is meant although it may not be undone; DMAPI's own words are understood. */
export const forced = z.union(
  [
    z.boolean(),
    z.pipe(
      z.enum(['1', 'Y', 'Yes']),
      z.transform(() => true),
    ),
  ],
  'must be true or false',
);
