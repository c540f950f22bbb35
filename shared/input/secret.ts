import { textLike } from './text.ts';

/** A key that came by mail, or a transfer code: visible ASCII. */
export const secret = textLike(/^[\x21-\x7e]{1,255}$/, 'a key of visible characters');
