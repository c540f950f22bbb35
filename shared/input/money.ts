import * as z from 'zod/mini';

const MESSAGE = 'must be an amount above 0 as a text, such as "9.50"';

/** An amount of the account's currency: a decimal text, since binary fractions are not money. */
export const money = z
  .string(MESSAGE)
  .check(z.regex(/^(0|[1-9]\d{0,9})(\.\d{1,4})?$/, MESSAGE), z.refine(isAboveZero, MESSAGE));

function isAboveZero(amount: string): boolean {
  return /[1-9]/.test(amount);
}
