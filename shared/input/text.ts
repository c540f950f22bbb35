import * as z from 'zod/mini';

const MAX_LENGTH = 255;
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd]|\p{Surrogate}/u;

/** A text of one line that has something in it, without control characters. */
export function text(maxLength = MAX_LENGTH) {
  return z.string('must be a text').check(
    z.minLength(1, 'must not be empty'),
    z.maxLength(maxLength, `must not be longer than ${maxLength} characters`),
    z.refine(
      (value) => !UNPRINTABLE.test(value),
      'must not hold control characters or broken Unicode',
    ),
  );
}

/** A text that `*` and `?` may stand in for parts of. */
export const pattern = text();

/** A text of one form; `form` continues "must be …". */
export function textLike(form: RegExp, described: string) {
  const message = `must be ${described}`;
  return z.string(message).check(z.regex(form, message));
}

/** One of DMAPI's own words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  const listed = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  return z.enum(words, `must be ${words.length > 1 ? listed : words[0]}`);
}
