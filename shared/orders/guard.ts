import type { Deadline } from '../dmapi/deadline.ts';
import type { Session } from '../session/session.ts';
import { isAbove, lower } from './decimal.ts';
import { OrderError } from './order-error.ts';
import { findPrice, priceExceeded, priceUnknown } from './price.ts';
import { type OrderInput, type OrderTerms, yearsOf } from './terms.ts';

export interface GuardOptions {
  readonly session: Session;
  readonly terms: OrderTerms;
  readonly input: OrderInput;
  /** The setting: a ceiling that every order has. */
  readonly maxOrderPrice: string | undefined;
  readonly deadline: Deadline;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * What is sent instead of the input, so that the order is the one that is wanted: with the lower of
 * the two ceilings where DMAPI takes one, and up to a year where that is safe to repeat.
 *
 * @param expiry when the domain expires, as the registrar has just told
 * @throws OrderError `expiry-differs`, `price-exceeded`, `price-unknown`: then nothing may be sent
 */
export async function guarded(options: GuardOptions, expiry: string | null): Promise<OrderInput> {
  const { terms, input, maxOrderPrice } = options;
  if (input.currentExpiry !== undefined && input.currentExpiry !== expiry) {
    throw expiryDiffers(expiry);
  }
  const ceiling = lower(input.maxPrice, maxOrderPrice);
  if (ceiling !== undefined && !terms.takesMaxPrice) await compare(options, ceiling, expiry);
  return { ...upToAYear(input), ...(ceiling !== undefined && { maxPrice: ceiling }) };
}

async function compare(options: GuardOptions, ceiling: string, expiry: string | null) {
  const { session, terms, input, deadline, now } = options;
  const { domain, privacy } = input;
  const years = yearsOf(terms, input, expiry, now());
  const priced = { operation: terms.operation, domain, privacy, years };
  const price = await findPrice(session, priced, deadline);
  if (!price) throw priceUnknown();
  if (isAbove(price.amount, ceiling)) throw priceExceeded(price, ceiling);
}

function expiryDiffers(expiry: string | null): OrderError {
  const known = expiry
    ? `expires on ${expiry}`
    : 'is not in the account, or its expiry is not told';
  return new OrderError(
    'expiry-differs',
    `The domain ${known}, not on the day in currentExpiry: nothing was sent.`,
  );
}

/** Around New Year a day makes another year, and .eu is shown a day late. */
const NEAR_NEW_YEAR = /-(12-(30|31)|01-(01|02))$/;

/**
 * `expyear` for `period`: it is safe to repeat at the registrar too, because nothing happens once the
 * domain expires that late.
 */
function upToAYear(input: OrderInput): OrderInput {
  const { periodMonths, currentExpiry, ...others } = input;
  if (periodMonths === undefined || currentExpiry === undefined) return input;
  if (periodMonths % 12 !== 0 || NEAR_NEW_YEAR.test(currentExpiry)) return input;
  const expiryYear = Number(currentExpiry.slice(0, 4)) + periodMonths / 12;
  return { ...others, currentExpiry, expiryYear };
}
