import { HOLDER } from '../account/account.ts';
import { writePrice } from '../account/purse.ts';
import { listReply } from '../requests/list-reply.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import { allPrices, isSoldForYears } from './prices.ts';

const YEARS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const NO_PRICE = 'n/a';

/** Prices by TLD and operation, for one to ten years; the two days of their validity are open. */
export const queryPriceList: ImmediateRequest = {
  name: 'query-price-list',
  access: 'read',
  tracked: false,
  answer: () => {
    const rows = allPrices().map(({ operation, tld, cents }) => [
      'domain',
      operation,
      tld,
      HOLDER.currency,
      HOLDER.currency,
      ...YEARS.map((years) =>
        isSoldForYears(operation, years) ? writePrice(cents * years) : NO_PRICE,
      ),
      '',
      '',
    ]);
    const columns = [
      ...['type', 'operation', 'tld', 'tld-currency', 'currency'],
      ...YEARS.map((years) => `price-${years}y`),
      ...['valid_from', 'valid_until'],
    ];
    return { ...listReply(rows, { columns, separator: 'tab' }), statusCode: 1000 };
  },
};

/** The same for one year, known from the registrar's own module: tabs without a Separator. */
export const queryPriceListV2: ImmediateRequest = {
  name: '/v2/query-price-list',
  access: 'read',
  tracked: false,
  answer: () => {
    const rows = allPrices().map(({ operation, tld, cents }) => [
      ['domain', operation, tld, HOLDER.currency, writePrice(cents)].join('\t'),
    ]);
    const columns = ['type', 'operation', 'tld', 'currency', 'price-1y'];
    return { ...listReply(rows, { columns }), statusCode: 1000 };
  },
};
