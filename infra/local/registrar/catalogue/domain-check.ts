import { writePrice } from '../account/purse.ts';
import { filledLines } from '../requests/key-values.ts';
import { doneByEpp } from '../requests/outcome.ts';
import { DOMAIN, oneOf, type ParameterKind, TEXT } from '../requests/parameter-kinds.ts';
import { nameIn, type Params } from '../requests/parameters.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import { availabilityOf, judgeTld } from './availability.ts';
import { isPremium, type Operation, yearlyCents } from './prices.ts';

const YEARS: ParameterKind = {
  expected: 'years from 1 to 10, or months in steps of 12',
  accepts: (value) =>
    /^(10|[1-9])$/.test(value) || (/^\d{2,3}$/.test(value) && +value % 12 === 0 && +value <= 120),
};

/** Whether a name can be had, and for how much; the newer program answers with 1000. */
export const domainCheck: ImmediateRequest = {
  name: 'domain-check',
  aliases: ['domaincheck'],
  access: 'read',
  required: { domain: DOMAIN },
  optional: {
    'check-price': oneOf('create', 'renew', 'transfer', 'restore'),
    period: YEARS,
    language: TEXT,
  },
  answer: ({ params, account }) => {
    const name = nameIn(params, 'domain');
    const refusal = judgeTld(name);
    if (refusal) return refusal;
    const availability = availabilityOf(account, name);
    return doneByEpp(
      filledLines([
        ['domain-status', availability],
        ['domain-status-reason', availability === 'unavailable' ? 'In use' : ''],
        ['domain-class', isPremium(name) ? 'premium' : 'standard'],
        ...pricePair(params, name),
      ]),
    );
  },
};

/** `<price> <currency> <n>y`, for the whole time asked about. */
function pricePair(params: Params, name: string): (readonly [string, string])[] {
  const asked = params.get('check-price');
  if (!asked) return [];
  const operation = (asked === 'restore' ? 'rgp' : asked) as Operation;
  const period = Number(params.get('period') || 1);
  const years = period > 10 ? period / 12 : period;
  const price = writePrice(yearlyCents(operation, name) * years);
  return [[`domain-price-${asked}`, `${price} EUR ${years}y`]];
}
