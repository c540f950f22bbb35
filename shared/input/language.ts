import { textLike } from './text.ts';

/** The language of an IDN, by its two or three letters (ISO 639). */
export const language = textLike(/^[A-Za-z]{2,3}$/, 'a language of two or three letters (ISO 639)');
