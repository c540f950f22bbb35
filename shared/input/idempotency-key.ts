import { textLike } from './text.ts';

/** The key of an order, as it was sent, without quotes. */
export const idempotencyKey = textLike(
  /^[\x21-\x7e]{1,255}$/,
  'an Idempotency-Key: 1 to 255 visible ASCII characters',
);
