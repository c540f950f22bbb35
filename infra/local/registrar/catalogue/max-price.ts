import { writePrice } from '../account/purse.ts';
import { type Outcome, refused } from '../requests/outcome.ts';
import type { Params } from '../requests/parameters.ts';

/**
 * The rule of `max-price`: left out, an order fails when its price is not the standard one; too low,
 * it fails; too high, only the real price is charged.
 */
export function judgeMaxPrice(
  params: Params,
  price: { readonly cents: number; readonly standardCents: number },
): Outcome | null {
  const told = `The price is ${writePrice(price.cents)} EUR`;
  const most = params.get('max-price');
  if (most) {
    return price.cents > Number(most) * 100 ? refused(2306, [`${told}, above max-price`]) : null;
  }
  return price.cents === price.standardCents
    ? null
    : refused(2306, [`${told}, not the standard one: max-price is needed`]);
}
