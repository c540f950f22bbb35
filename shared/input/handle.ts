import { textLike } from './text.ts';

/** The registrar's name of a contact. Its form is not documented; seen are such as `CCOM-100001`. */
export const handle = textLike(
  /^[A-Za-z\d][A-Za-z\d._-]{0,63}$/,
  'the handle of a contact: letters, digits, dashes',
);
