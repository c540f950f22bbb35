import * as z from 'zod/mini';
import { text, textLike } from './text.ts';

/** A country, by its two letters (ISO 3166). */
export const country = textLike(/^[A-Za-z]{2}$/, 'a country of two letters (ISO 3166)');

/** A language, by its two letters (ISO 639-1). */
export const language = textLike(/^[A-Za-z]{2}$/, 'a language of two letters (ISO 639-1)');

/** A phone number. Joker's own programs write `+CC.NUMBER`; other forms are for it to judge. */
export const phone = textLike(/^\+?\d[\d ()./-]{2,38}$/, 'a phone number, such as +49.301234567');

/** An e-mail address, as far as it can be told without asking: something, an @, a domain. */
export const email = text(254).check(
  z.refine((value) => /^[^\s@]+@[^\s@]+$/u.test(value), 'must be an e-mail address'),
);
